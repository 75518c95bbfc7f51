"""The commands of `python -m kb`, one module for what they are about."""
