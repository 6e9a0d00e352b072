"""Looking at notices again."""
