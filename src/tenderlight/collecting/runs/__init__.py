"""Collecting from a source: discover, fetch what is new, report what happened."""
