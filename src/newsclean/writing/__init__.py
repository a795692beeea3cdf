"""Article → text, Markdown or JSON: pure functions."""
