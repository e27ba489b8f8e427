"""The sparse core: the exact optimum of rounds too large for a table of all pairs, and whole-number prices as proof."""
