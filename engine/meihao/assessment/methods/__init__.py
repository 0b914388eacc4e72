"""Holds the scoring methods, one module each: a method turns an exact measure into marks, with bounds and a reason as data."""
