"""Turns reasons, which are kept as data, into sentences in one language; this is done only when somebody reads them."""
