"""Annotations without the text: records that travel without their words, and meet them where somebody has them."""
