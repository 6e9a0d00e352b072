"""HTML and what portals wrap it in: walking a page as a browser would show it."""
