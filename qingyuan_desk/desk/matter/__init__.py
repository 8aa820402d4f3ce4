"""One matter (事项)."""
