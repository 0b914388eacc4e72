"""Files -> rows -> typed observations, each with its source."""
