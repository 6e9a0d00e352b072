"""Archives and mails: the documents inside are taken out into memory, and others read them.

Nothing is ever written, no name inside is ever used as a path, and no password is tried.
"""
