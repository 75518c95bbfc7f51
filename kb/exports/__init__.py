"""Answers to bytes and plain values: one module a format.

Pages, JSON and the command line are skins over the values made here.
"""
