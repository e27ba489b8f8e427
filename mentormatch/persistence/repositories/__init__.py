"""The questions asked of the tables, one file for each aggregate; they flush and never commit."""
