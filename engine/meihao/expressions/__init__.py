"""Defines the small expression language: text becomes a frozen tree and gives a three-valued value. It never uses eval."""
