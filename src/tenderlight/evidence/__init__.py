"""What was seen, kept as it was seen. Written once, appended to, never edited."""
