"""Packs, evidence and rounds that grow from a seed, and what must hold for every one of them."""
