"""OFD: the fixed-layout documents of GB/T 33190, page by page."""
