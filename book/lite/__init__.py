"""The course in JupyterLite: the whole notebooks, in a browser alone."""
