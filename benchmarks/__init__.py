"""How fast gdlib is beside plain formulas and, where installed, other libraries."""
