"""Holds the sentences of the terminal by key, zh and en side by side: a module for each kind of page; `common` is of several.

`{n:units}` is a number with its English noun: 1 unit, 2 units. No key stands in two modules, so that one look finds a sentence.
"""
