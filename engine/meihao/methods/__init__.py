"""Holds the closed menus: every way of measuring, scoring and combining, each with all that is known of it in one module.

`measures/`, `scores/` and `aggregates/` hold a module a method: its record, how it is read, checked, judged and said.
`menu` lists them.
"""
