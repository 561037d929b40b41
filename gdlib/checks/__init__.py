"""The exercises' answers, slips and hints, one module a notebook."""
