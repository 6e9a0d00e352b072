"""Planted copies of specifications: how many are found, and what else."""
