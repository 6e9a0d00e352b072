"""How much a reader takes on. `docs/reading.md` explains each number to readers; those of a page's
mark-up stand in `soup.py`.

The longest real notices that were seen are tender documents of 100 to 300 pages, about 400,000
characters. Every limit leaves them ten times the room, and still ends hostile input in seconds.
"""

from __future__ import annotations

TEXT_BYTES = 32 * 1024 * 1024
"""A plain text or a page of HTML."""
PDF_BYTES = 256 * 1024 * 1024
"""A PDF: large scans are common."""
CHARACTERS = 8_000_000
"""Of a finished reading; a text of 32 MB in Chinese has 11 million."""
BLOCKS = 400_000
"""Lines, paragraphs and cells of one reading."""
COLUMNS = 400
"""Of one table; further cells of a row all stand in the last column."""
ROW_SPAN = 65_534
"""As in the HTML standard, and never beyond the last row."""
HEAD_CHARACTERS = 2_000
"""Of one meta tag."""
PDF_PAGES = 500
"""Read from the front; the rest is named in a Problem."""
PAGE_CHARACTERS = 60_000
"""Of one PDF page; a dense page of text has 3,000."""
RULINGS = 4_000
"""Drawn lines and boxes of one PDF page; beyond it is a drawing and is not searched for tables."""
ELEMENTS = 20_000
"""Drawn elements of one PDF page that are looked at for lines and pictures."""
CROSSINGS = 40_000
"""Horizontal times vertical rulings of one PDF page; a full page of small cells has 2,000."""
SEGMENTS = 50_000
"""Points of one PDF page's paths that are looked at; a full table has 1,000, a map millions."""
PDF_CHARACTERS = 2_000_000
"""Of a whole PDF, spaces included; a tender document of 300 pages has 300,000."""
PARTS = 2_000
"""Documents of one notice: its attachments and what is inside them."""
PART_BYTES = 1024 * 1024 * 1024
"""Of all documents of one notice together, unpacked."""
DEPTH = 8
"""Archives, mails and texts inside one another; real ones have two or three."""
PACKAGE_PART_BYTES = 64 * 1024 * 1024
"""One part of a document that is a ZIP of XML (XLSX, ODS, OFD), unpacked; the largest real shared
strings and pages have 10 MB. Sheets are read as a stream and may be larger."""
PACKAGE_BYTES = 512 * 1024 * 1024
"""Of all such parts of one document together, pictures too; a scan of 200 pages has 300 MB."""
PACKAGE_AGAIN_BYTES = 1024 * 1024 * 1024
"""Of parts that are looked at again: a letterhead of 1 MB on each of 500 pages."""
CELLS = 400_000
"""Cells with something in them of one workbook; a list of all cameras of a city has 100,000."""
SHEET_ELEMENTS = 4_000_000
"""Cells of one workbook, empty ones with a border only too: after them reading stops."""
WORKBOOK_SHEETS = 500
"""Sheets of one workbook."""
MERGED = 40_000
"""Merged ranges of one workbook."""
CELL_CHARACTERS = 32_767
"""Of one cell: what spreadsheet programs allow."""
OFFICE_PARTS = 20_000
"""Parts of an office document; one with a picture on each of 500 pages has 600."""
OFFICE_MARKS = 8_000_000
"""Tags and attributes of one XML part of an office document; 500 pages have a million."""
OFFICE_NESTING = 40
"""Tables and text boxes inside one another; real ones have three."""
PICTURES = 500
"""Pictures of one office document that are read, each once."""

# Recognised pictures of pages.
RECOGNISED_PAGES = 200
"""Pictures of one document that are recognised: at six seconds each, twenty minutes."""
PICTURE_PIXELS = 80_000_000
"""Of a picture before it is made coarser; a page of A3 in 600 dots per inch has 70 million."""
PICTURE_SIDE = 30_000
"""Pixels, of a picture's longer side; a screenshot of a long page has 20,000."""
SHOWN_WIDTH = 4_000
"""Pixels, of the picture of a page that is shown; a wide screen has as many."""
SHOWN_PIXELS = 40_000_000
"""Of the picture of a page that is shown."""

# Spreadsheets before 2007 are read at once, not piece by piece.
XLS_BYTES = 64 * 1024 * 1024
"""65,536 full rows of 20 columns have 20 MB."""
LOCKED_BYTES = 16 * 1024 * 1024
"""Of those that Excel locked with its own password: unlocking takes a second for each 4 MB."""
ARCHIVE_BYTES = 384 * 1024 * 1024
"""Unpacked out of one archive or mail; a tender with all its drawings has 300 MB."""
ARCHIVE_MEMBERS = 2_000
"""Documents taken out of one archive, as many as one notice may have."""
ARCHIVE_ENTRIES = 50_000
"""Looked at in one archive, folders and links included."""
RATIO = 200
"""Unpacked to packed size of a whole archive; office files and texts reach 20, bombs 1,000."""
RATIO_FREE = 32 * 1024 * 1024
"""Unpacked without asking for the ratio: a small archive of repetitive tables is no bomb."""
RAR_DICTIONARY = 256 * 1024 * 1024
"""What a RAR may ask to look back at; WinRAR's own choice is 32 MB."""
SKIPPED_BYTES = 1024 * 1024 * 1024
"""Unpacked only to come to what lies behind, in archives that are one stream."""
RENDERED_PIXELS = 32_000_000
"""Of a page that is recognised; larger ones in fewer dots: A1 in 200 an inch has 31 million."""
PAGE_PICTURES = 2_000
"""Pictures of one PDF page; scanners cut a page into up to 200 strips."""
ANNOTATIONS = 2_000
"""Of one PDF page, looked at for fields, stamps and free text."""
MAIL_PARTS = 2_000
"""Of one mail or saved page."""
RICH_TEXT_BYTES = 8 * 1024 * 1024
"""Of a mail's text as Outlook packs it, unpacked byte by byte; a long mail has 200 kB."""
MAIL_DEPTH = 20
"""Of its parts inside parts; real ones have four."""
RTF_WORDS = 8_000_000
"""Control words, braces and stretches of text of one RTF; 500 pages have two million."""
OFFICE_SLIDES = 2_000
"""Slides of one presentation; a training course has 300."""
PDF_ATTACHMENTS = 500
"""Files attached to one PDF, and parts of its form."""
