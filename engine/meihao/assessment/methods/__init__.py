"""One module a scoring method: judge (exact measure -> marks), bounds, and its reason as data."""
