"""Tools for assistants by the Model Context Protocol: eight calls, for reading, each answered in one envelope."""
