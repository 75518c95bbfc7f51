"""Files to values and back: front matter, Markdown, the loader and its snapshot.

Reading many files collects Problems and goes on; a file with a fault is left out whole and named, never half read.
"""
