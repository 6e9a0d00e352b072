"""The only room that asks other hosts for anything. What it is told goes into the evidence."""
