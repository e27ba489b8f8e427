"""How the operator and the coordinator ask from a shell."""
