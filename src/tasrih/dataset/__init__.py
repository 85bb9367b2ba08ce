"""Records to datasets."""
