"""Archives that others made, WARC and WACZ: what is in them, checked, letter by letter."""
