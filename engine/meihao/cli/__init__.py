"""Runs the commands that are typed at a terminal. It handles arguments, printing and exit codes, and nothing else."""
