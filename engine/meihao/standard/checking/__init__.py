"""Checks a standard that was read: sums, edges, names, texts, tiers; what an author would be asked to mend."""
