"""Pictures for the editors' guide, taken from a portal that runs."""
