// What a page of the book does by itself: diagrams are drawn, in the theme's colours.

const here = document.currentScript.src;

function load(src) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src });
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

async function diagrams() {
  const found = [...document.querySelectorAll("pre.mermaid")];
  if (!found.length) return;
  await load(new URL("vendor/mermaid.min.js", here));
  const texts = found.map((node) => node.textContent);
  async function draw() {
    const dark = document.documentElement.dataset.theme === "dark";
    mermaid.initialize({ startOnLoad: false, theme: dark ? "dark" : "default" });
    found.forEach((node, i) => { node.textContent = texts[i]; delete node.dataset.processed; });
    await mermaid.run({ nodes: found });
  }
  await draw();
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

// A printed page has nothing to unfold.
addEventListener("beforeprint", () => {
  for (const node of document.querySelectorAll("details")) node.open = true;
});

// Tables wider than a phone scroll by themselves, by keyboard too.
for (const table of document.querySelectorAll("table.table")) {
  const frame = document.createElement("div");
  frame.className = "gd-wide";
  table.replaceWith(frame);
  frame.append(table);
}

// A printed sentence is wrapped, a printed table keeps its columns.
for (const text of document.querySelectorAll(".cell_output pre")) {
  text.classList.toggle("gd-prose", !text.textContent.trim().includes("  "));
}

diagrams();
