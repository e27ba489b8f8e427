"""How people ask by browser: addresses, forms and pages."""
