"""Numbers for publication: one file for each question, whose docstring is printed with it."""
