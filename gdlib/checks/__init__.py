"""The exercises: answers, slips and hints, a module a notebook; how they are tried."""
