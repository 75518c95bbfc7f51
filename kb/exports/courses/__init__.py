"""A course in words, and as files: one module a format."""
