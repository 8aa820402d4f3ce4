"""The mediator roster (乡贤名册)."""
