"""Meihao (美好): criteria, rules and evidence in; explained verdicts, ranked tiers and reports out."""

__version__ = "0.1.0"
