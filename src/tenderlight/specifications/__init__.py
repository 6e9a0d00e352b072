"""Passages of technical requirements, and the same passage in another notice."""
