"""Purchases: a generator of them, and how well their notices are joined and counted."""
