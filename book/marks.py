"""What is the course's own on a page: ★ sections, diagrams, JupyterLab's anchors."""

from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective


def anchor(title):
    """The anchor that JupyterLab gives a heading."""
    return title.replace(" ", "-")


class Mermaid(SphinxDirective):
    """A diagram as a text that mermaid.js draws on the page."""

    has_content = True

    def run(self):
        """Leave the text as it is, for the script to find."""
        text = escape("\n".join(self.content))
        return [nodes.raw("", f'<pre class="mermaid">{text}</pre>', format="html")]


def star(app, doctree):
    """Give each section whose heading begins with a ★ a class of its own."""
    for section in doctree.findall(nodes.section):
        if section[0].astext().startswith("★"):
            section["classes"].append("gd-star")


def tagged(app, doctree):
    """Leave formulas that bring a number as they are: Sphinx would split them."""
    for formula in doctree.findall(nodes.math_block):
        if "\\tag" in formula.astext():
            formula["no-wrap"] = True
            formula.children = [nodes.Text(rf"\[{formula.astext()}\]")]


def setup(app):
    """Tell Sphinx of the above."""
    app.add_directive("mermaid", Mermaid)
    # The theme's icons are drawn once; those of widgets are their own affair.
    icons = "window.FontAwesomeConfig = {observeMutations: false}"
    app.add_js_file(None, body=icons, priority=1)
    app.connect("doctree-read", star)
    app.connect("doctree-read", tagged)
    return {"parallel_read_safe": True}
