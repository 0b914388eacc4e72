"""Reasons as data -> sentences in one language, made only when somebody reads them."""
