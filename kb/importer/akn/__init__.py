"""Akoma Ntoso XML: its names, its blocks as Markdown, its documents as source files."""
