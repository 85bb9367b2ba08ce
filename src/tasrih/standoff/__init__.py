"""Annotations without the text: records that travel without their words, and are put together where the text is."""
