"""What may come in: one marshmallow schema for each situation, the same for form, spreadsheet and command line."""
