"""Workbooks as forms: templates out, filled workbooks in, every error back into the cell where it stands."""
