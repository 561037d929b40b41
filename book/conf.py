"""Settings of Sphinx for the book; `make site` calls it."""

import gdlib  # noqa: F401  (fails here, at once, where it is not installed)
from book import marks

project = "Gradient Descent, Step by Step"
author = "The Gradient Descent, Step by Step contributors"
language = "en"

extensions = ["myst_nb", "book.marks"]
nb_execution_mode = "off"
myst_enable_extensions = ["dollarmath", "amsmath", "colon_fence"]
myst_heading_anchors = 4
myst_heading_slug_func = marks.anchor
myst_fence_as_directive = ["mermaid"]
suppress_warnings = ["config.cache"]  # the anchor function is no text to be kept

html_theme = "sphinx_book_theme"
html_title = project
html_favicon = "static/icon.svg"
html_context = {"default_mode": "auto"}
html_static_path = ["static"]
html_css_files = ["book.css"]
html_js_files = [("book.js", {"defer": "defer"})]
html_use_index = False
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
mathjax_path = "vendor/mathjax/tex-svg.js"
html_theme_options = {
    "home_page_in_toc": True,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "show_navbar_depth": 1,
    "navbar_persistent": [],
}
