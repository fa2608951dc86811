"""Taking over the articles of a WordPress site from its export (WXR)."""
