"""A question to a dated, cited answer from the corpus, or an honest "not held"."""
