"""Office documents: Word, WPS, RTF, OpenDocument, PowerPoint, old and new.

What they share: packages of XML, cells whose edges give their places, automatic numbers, symbol
fonts, and documents embedded in others.
"""
