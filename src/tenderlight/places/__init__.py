"""Divisions of GB/T 2260, and the one in which a buyer sits."""
