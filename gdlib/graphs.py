"""Pictures of a network: its graph, what it looks at, how it learns by every method."""

import numpy as np

from .style import label, look

FORWARD, BACK = "#0072b2", "#d55e00"  # what is computed forwards, and backwards


def plot_graph(figure, nodes):
    """Draw the nodes from left to right, each with its value and below it its slope.

    nodes  in the order in which they were made, the result last; each has `name`,
           `value`, `slope` and `parents`, pairs (node, local slope)
    Along an edge stands its local slope. Returns node name -> the text of its box.
    """
    places, ax = _places(nodes), figure.subplots()
    drawn = {}
    for node in nodes:
        at = places[id(node)]
        drawn[node.name] = _box(ax, node, at)
        for parent, slopes in _edges(node):
            _edge(ax, places[id(parent)], at, slopes)
    x, y = np.array(list(places.values())).T
    ax.set(xlim=(x.min() - 0.55, x.max() + 0.55), ylim=(y.min() - 0.6, y.max() + 0.6))
    ax.axis("off")
    return drawn


def plot_images(figure, images, titles):
    """Draw small grey pictures in a row, dark where the numbers are large.

    images  (n, height, width)
    titles  n of them
    Returns the axes.
    """
    axes = figure.subplots(1, len(images))
    for ax, image, title in zip(axes, images, titles, strict=True):
        ax.imshow(-np.asarray(image), "gray")
        ax.set(title=title, xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
    return axes


def plot_seeds(figure, races):
    """Draw each method's losses in a field of its own, a line for each seed.

    races  name of a method -> (seeds, epochs + 1, measures, runs): training loss is
           the first measure (coloured), validation loss the second (dotted grey); of
           the runs the first is drawn
    Returns the axes.
    """
    axes = figure.subplots(2, -(-len(races) // 2), sharex=True, sharey=True)
    for ax, (name, found) in zip(axes.flat, races.items(), strict=False):
        ax.semilogy(found[:, :, 0, 0].T, color=look(name).color, lw=1.2)
        ax.semilogy(found[:, :, 1, 0].T, ":", color="#777777", lw=1.2)
        ax.set_title(label(name), size=10)
    axes.flat[0].locator_params("x", nbins=4, integer=True)
    figure.supxlabel("epoch", size=10)
    figure.supylabel("loss", size=10)
    return axes


def _places(nodes):
    """Node -> (x, y): one column left of all that use it, near the mean of these."""
    depth = {id(node): 0 for node in nodes}
    height = {id(nodes[-1]): [0.0]}
    for node in reversed(nodes):
        for parent, _ in node.parents:
            depth[id(parent)] = max(depth[id(parent)], depth[id(node)] + 1)
    places = {}
    for column in range(max(depth.values()) + 1):
        row = [node for node in nodes if depth[id(node)] == column]
        wish = [float(np.mean(height.get(id(node), [0.0]))) for node in row]
        middle = np.mean(wish)
        for rank, index in enumerate(np.argsort(wish, kind="stable")):
            y = middle + (len(row) - 1) / 2 - rank
            places[id(row[index])] = -column, y
            for parent, _ in row[index].parents:
                height.setdefault(id(parent), []).append(y)
    return places


def _edges(node):
    """Each parent once, with the local slopes of all uses that the node makes of it."""
    found = {}
    for parent, local in node.parents:
        found.setdefault(id(parent), (parent, []))[1].append(local)
    return found.values()


def _box(ax, node, at):
    box = dict(boxstyle="round,pad=0.35", facecolor="white", edgecolor="#5a5a5a")
    ax.annotate(
        _short(node.slope),
        at,
        (0, -26),
        textcoords="offset points",
        color=BACK,
        ha="center",
        va="center",
        weight="bold",
        zorder=4,
    )
    return ax.text(
        *at,
        f"{node.name}\n{_short(node.value)}",
        color=FORWARD,
        ha="center",
        va="center",
        bbox=box,
        zorder=3,
    )


def _edge(ax, tail, tip, slopes):
    arrow = dict(arrowstyle="-|>", color="#5a5a5a", shrinkA=24, shrinkB=24)
    ax.annotate("", tip, tail, arrowprops=arrow, zorder=1)
    middle = (tail[0] + tip[0]) / 2, (tail[1] + tip[1]) / 2
    for use, local in enumerate(slopes):  # the first above the edge, the others below
        word = dict(ha="center", va="center", size=9, color="#5a5a5a")
        at = (0, 12 if use == 0 else -12 * use)
        ax.annotate(f"×{_short(local)}", middle, at, textcoords="offset points", **word)


def _short(number):
    return f"{number:.3g}".replace("-", "−")
