"""Records to datasets."""

RIGHTS = ("all", "redistributable")
"""Which texts a dataset holds: all, or those that may be passed on."""
