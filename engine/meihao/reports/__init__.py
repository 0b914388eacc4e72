"""Sets explained results as pages, PDF, workbooks and CSV. It calculates nothing: what it prints was decided before."""
