"""Which notices belong to one purchase, what became of it, and what it cost: counted once."""
