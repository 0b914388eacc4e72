"""A pack and its recipe -> an invented round: seeded, the same on every machine, marked as sample data."""
