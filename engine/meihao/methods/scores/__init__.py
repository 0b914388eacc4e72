"""Holds the ways of scoring, one module each; beside each stands its branch of the schema."""
