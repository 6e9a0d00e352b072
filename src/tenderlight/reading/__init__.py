"""From bytes to text, keeping the place of every character."""
