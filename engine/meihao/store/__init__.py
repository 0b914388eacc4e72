"""Keeps a round in a folder of plain files: one folder for each unit, with submissions that are only ever added."""
