"""Pictures of pages: PNG, JPEG, TIFF, BMP, GIF, WebP, by Pillow."""
