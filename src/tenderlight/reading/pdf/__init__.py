"""PDF, by pdfium."""
