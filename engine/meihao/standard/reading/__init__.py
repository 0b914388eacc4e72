"""Reads the files of a standard into the model: names first, then what they say of each other."""
