"""Offers tools to authors of a standard: cases and their coverage."""
