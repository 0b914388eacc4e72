"""The small expression language: text -> frozen tree -> three-valued value. A subset of Python's syntax, never eval."""
