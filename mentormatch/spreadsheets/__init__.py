"""Reading and writing spreadsheets of sign-ups and pairings."""
