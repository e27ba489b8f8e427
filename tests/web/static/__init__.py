"""The style sheets, read as text."""
