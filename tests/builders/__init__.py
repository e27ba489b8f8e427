"""Builders: each makes one believable thing, and every test says only what matters to it."""
