"""The use cases, one to a file; each opens one transaction, and only frozen read models leave it."""
