"""Holds the ways of measuring, one module each; beside each stands its branch of the schema."""
