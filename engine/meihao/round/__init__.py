"""Prepares a round: observations are merged into one fact a field, and values across units are added, to give cases."""
