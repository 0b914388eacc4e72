"""Concludes findings, effects and reasons from judged atoms; the reference and durable_rules both read the same program."""
