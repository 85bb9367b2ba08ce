"""What only scripts and tests measure of a corpus: how like news it is, and what of the real world it names."""
