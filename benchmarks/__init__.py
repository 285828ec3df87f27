"""Measurements: ratios to peers in the same run."""
