"""What every stage shares: places and problems, exact numbers, text, calendar, files. Imports nothing of ours."""
