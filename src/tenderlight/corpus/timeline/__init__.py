"""What became of each notice: derived from looks in the evidence, after the batches."""
