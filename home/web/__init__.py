"""Asking other sites: never a private address, never more than a little, never one site twice in a breath."""
