"""The rules of the field in plain Python: words, states and limits; imports nothing but the standard library."""
