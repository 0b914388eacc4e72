"""The round: observations merged into one fact a field, context across units -> Case."""
