// Show every slide of a deck and say what is wrong with it, a sentence each.
async () => {
  const faults = [];
  const scale = () => Reveal.getScale();
  const aside = "aside, aside *, mjx-assistive-mml, mjx-assistive-mml *, svg *";

  function outside(slide, frame) {
    const edge = frame.getBoundingClientRect();
    const foot = slide.querySelector("footer").getBoundingClientRect();
    for (const part of slide.querySelectorAll(".frame *")) {
      if (part.matches(aside) || part.closest("footer")) continue;
      const box = part.getBoundingClientRect();
      const over = [
        ["left", edge.left + 20 * scale() - box.left],
        ["right", box.right - edge.right + 20 * scale()],
        ["top", edge.top + 8 * scale() - box.top],
        ["bottom", box.bottom - foot.top],
      ].filter(([, pixels]) => box.width && pixels > 1);
      for (const [side, pixels] of over.slice(0, 1))
        return [`${part.tagName} is ${Math.ceil(pixels / scale())} px out (${side})`];
    }
    return [];
  }

  function covered(slide) {
    const [live, heading] = [slide.querySelector(".live"), slide.querySelector("h2")];
    if (!live) return [];
    const range = document.createRange();
    range.selectNodeContents(heading);
    const end = range.getBoundingClientRect().right;
    return end > live.getBoundingClientRect().left ? ["heading under the link"] : [];
  }

  function small(slide) {
    const size = (part) => parseFloat(getComputedStyle(part).fontSize);
    const texts = [...slide.querySelectorAll("p, li, .formula")];
    const said = texts.filter((part) => !part.closest("aside") && size(part) < 28);
    const set = [...slide.querySelectorAll("pre")].filter((part) => size(part) < 20);
    return [...said, ...set].map((part) => `${part.tagName}: ${size(part)} px letters`);
  }

  function cut(slide) {
    const wide = [...slide.querySelectorAll("pre, .formula")];
    return wide
      .filter((part) => part.matches("pre") && part.scrollWidth > part.clientWidth + 1)
      .map((part) => `${part.className} is wider than its box`);
  }

  function unset(slide) {
    const wrong = [...slide.querySelectorAll("[data-mjx-error], mjx-merror, merror")];
    const left = [...slide.querySelectorAll("p, li, h1, h2")].filter((part) =>
      /\$|\\\(|\\\[|\{[a-z]+ /.test(part.textContent),
    );
    return [...wrong, ...left].map((part) => `not set: ${part.textContent.slice(0, 40)}`);
  }

  function pictures(slide) {
    const bad = [];
    for (const img of slide.querySelectorAll("img")) {
      if (!img.naturalWidth) bad.push(`no picture ${img.src}`);
      if (img.alt.split(/\s+/).length < 5) bad.push("picture without a text");
      if (img.clientHeight < 200) bad.push(`picture only ${img.clientHeight} px high`);
    }
    return bad;
  }

  const looks = [covered, small, cut, unset, pictures];
  for (const [index, slide] of Reveal.getSlides().entries()) {
    Reveal.slide(index);
    const frame = slide.querySelector(".frame");
    const found = [...outside(slide, frame), ...looks.flatMap((look) => look(slide))];
    const name = slide.querySelector("h1, h2").textContent;
    faults.push(...found.map((fault) => `${index + 1} “${name}”: ${fault}`));
  }
  return faults;
};
