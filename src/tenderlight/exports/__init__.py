"""The notices as files for other programs."""
