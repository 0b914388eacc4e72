"""Explained results in; pages, PDF, workbooks and CSV files out. Computes nothing: what it prints was decided before."""
