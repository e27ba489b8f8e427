"""What the engine promises, put to the proof on rounds of every kind, against judges that share no code with it."""
