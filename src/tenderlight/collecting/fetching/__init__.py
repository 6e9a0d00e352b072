"""One request: guarded, bounded, taken down byte for byte."""
