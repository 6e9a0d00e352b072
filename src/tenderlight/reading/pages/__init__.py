"""Pages with characters at places: from boxes and drawn lines to paragraphs, tables, a text."""
