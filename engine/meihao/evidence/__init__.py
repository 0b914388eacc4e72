"""Reads files into typed observations, each of which knows its source."""
