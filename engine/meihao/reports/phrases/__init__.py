"""Holds the sentences of documents by key, zh and en side by side: one module for each kind of document."""
