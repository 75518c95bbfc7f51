"""The engine that keeps its index in an OpenSearch cluster, for more than one machine."""
