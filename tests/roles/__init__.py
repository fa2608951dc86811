"""Who gets in where: every address, asked in every role, against a checked-in table (docs/testing.md)."""
