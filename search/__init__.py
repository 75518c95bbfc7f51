"""A reader's words, in English or Chinese, to the Provisions in force that day. The only package that knows an engine."""
