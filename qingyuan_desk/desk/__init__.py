"""The window: the only rooms that know Qt. One folder a page."""
