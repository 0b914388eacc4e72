"""Handles workbooks as forms: it writes templates, reads filled workbooks, and writes every error back into its cell."""
