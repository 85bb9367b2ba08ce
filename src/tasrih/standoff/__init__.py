"""Annotations without the text: records that travel without their words, and come together again where somebody has
them.
"""
