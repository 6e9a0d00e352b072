"""From a folder of procurement notices to figures that open onto their proof."""

__version__ = "0.1.0"
