"""The second reader of a corpus: taught by what people decided, it ranks what they look at next.

Everything it writes lies in `derived/second/` and can be deleted. It touches no figure.
"""
