"""Invents a round from a pack and a recipe: seeded, the same on every machine, and marked as sample data."""
