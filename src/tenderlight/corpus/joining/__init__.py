"""Notices into purchases, names into organisations: over all batches, and only where they changed.

What is joined is a function of all notices and of the decisions, never of the order in which they
came: the file that this room keeps (`derived/joining-*.sqlite`) can be deleted, and gives the same
rows again.
"""
