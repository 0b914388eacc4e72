"""Checks a published file against the standard and the evidence, and says what holds, what does not, and what was not checked."""
