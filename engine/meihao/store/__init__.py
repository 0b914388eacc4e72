"""Keeps a round in its home, which is a folder of plain files or elsewhere: submissions are only ever added."""
