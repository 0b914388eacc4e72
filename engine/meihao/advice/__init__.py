"""Judges a unit again in other circumstances: with items earned, or on its own word. Reports only print the outcome."""
