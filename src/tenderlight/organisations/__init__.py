"""Which names are one organisation, of which kind and level, and why."""
