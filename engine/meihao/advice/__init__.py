"""A judged unit, judged again in other circumstances: with items earned, on its own word. Reports only print it."""
