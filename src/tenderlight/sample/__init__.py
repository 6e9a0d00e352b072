"""Invented notices in real layouts, for the demo and the tests."""
