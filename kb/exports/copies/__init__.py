"""Copies of a text that leave the site: a value that says whose text it is and of which days, and one module a format."""
