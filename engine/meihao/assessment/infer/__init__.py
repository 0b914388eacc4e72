"""Judged atoms and rule formulas -> findings, effects, verdict reasons; reference and durable_rules read the same program."""
