"""What the steps make of the evidence. Everything under derived/ can be deleted and rebuilt."""
