from __future__ import annotations


class NotAnExport(Exception):
    """The file cannot be read as an export of WordPress; the message is for people."""
