"""Turns a case into an Assessment: items, findings, grade and verdict, exact and explained, without side effects."""
