"""Published states of a corpus: written whole, never changed, checked by anybody."""
