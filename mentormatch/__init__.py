"""mentormatch pairs lean practitioners so that skills are passed on and candidates get to mentor."""
