"""Holds the closed menus: every way of measuring and every way of scoring, each with all that is known of it in one module.

`measures/` and `scores/` hold a module a method: its record, how it is read, checked, judged and said. `menu` lists them.
"""
