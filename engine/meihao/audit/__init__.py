"""A published file, the standard and the evidence in; what holds of it, what does not, and what was not checked, out."""
