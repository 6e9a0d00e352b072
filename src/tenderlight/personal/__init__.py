"""Personal data in a text: found so that it can be masked, and for nothing else."""
