"""Reads text that people wrote: YAML with the place of every value, and the shape that a file must have."""
