"""Holds every way of combining the parts of a dimension or group, one module each."""
