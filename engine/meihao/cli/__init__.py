"""Words typed at a terminal in; printed results and an exit code out. Arguments and printing, nothing else."""
