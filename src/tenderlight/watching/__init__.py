"""What became of a notice: pure verdicts on what was seen, and where to look next."""
