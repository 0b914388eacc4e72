"""Reads a standard from strict YAML into frozen and checked records, each of which knows its place."""
