"""Pictures of every page type: `uv run python -m tests.screens` (docs/testing.md)."""
