"""Measurements, run by hand: what the engine costs beside other solvers of the same rounds."""
