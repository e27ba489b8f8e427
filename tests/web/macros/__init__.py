"""The macros that draw forms and tables, rendered alone."""
