"""Pages that come alive: Python, the course and its widgets, in a browser."""
