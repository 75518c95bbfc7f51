"""The legalize format, version 0.4: laws as Markdown in git, one file a law and one commit a version."""
