"""The same requirements in purchases of different buyers, over all batches of a corpus.

A lead is a function of all notices, never of the order in which they came: the file that this room
works in (`derived/likeness.duckdb`) can be deleted, and gives the same leads again.
"""
