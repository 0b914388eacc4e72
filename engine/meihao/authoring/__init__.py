"""Tools for authors of a standard: cases and their coverage."""
