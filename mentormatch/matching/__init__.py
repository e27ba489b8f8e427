"""The engine: a frozen problem goes in, a frozen, explained and checked solution comes out."""
