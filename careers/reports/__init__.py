"""How groups of people fare on learning paths. Nobody is named, and no number tells of fewer than k people."""
