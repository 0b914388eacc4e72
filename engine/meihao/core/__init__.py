"""Holds what every stage shares: places, problems, exact numbers, text, calendar, files. It imports nothing else of ours."""
