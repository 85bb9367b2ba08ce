"""Baselines of the benchmark: systems that a stranger can run, and what they have in common."""
