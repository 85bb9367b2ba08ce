"""Whether a dataset is what a build makes."""
