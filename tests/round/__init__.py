"""Tests of the round stage: each of its steps beside the file that it tests."""
