"""The states of the database that were released, from the first on."""
