"""People who work on a round: their accounts, where their roles hold, and the one table of what these let them do."""
