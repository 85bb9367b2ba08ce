"""Dates as Arabic news writes them: where they are in a text, which days they mean, whether a value fits the words."""
