"""Tests of the ranking stage."""
