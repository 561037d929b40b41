// Formulas are set first, while every slide has a size; then reveal.js takes over.

const DARK = "slides-dark";

window.MathJax = {
  tex: {
    inlineMath: [["\\(", "\\)"]],
    displayMath: [["\\[", "\\]"]],
    packages: { "[-]": ["noundefined"] }, // an unknown command is an error
  },
  svg: { fontCache: "local" }, // notes are copied into another window
  options: { enableMenu: false },
  startup: {
    pageReady: () => MathJax.startup.defaultPageReady().then(fitAll).then(show),
  },
};

// Formulas, code and output start large, and shrink until their slide holds them.
function fitAll() {
  for (const body of document.querySelectorAll(".body")) fit(body);
}

function fit(body) {
  const parts = [...body.querySelectorAll(".formula, pre")];
  for (let step = 0; step < 40 && parts.some((part) => outside(body, part)); step++)
    for (const part of parts) smaller(part);
}

function outside(body, part) {
  const set = part.querySelectorAll("mjx-container, mjx-container > svg");
  const widths = [...set].map((box) => box.getBoundingClientRect().width);
  const wide = widths.length ? Math.max(...widths) : part.scrollWidth;
  return wide > part.clientWidth + 1 || bottom(body.lastElementChild) > bottom(body) + 1;
}

// MathJax's text for screen readers counts in scrollHeight, so that is of no use here.
function bottom(element) {
  return element.getBoundingClientRect().bottom;
}

function smaller(part) {
  const size = parseFloat(getComputedStyle(part).fontSize);
  const least = part.matches("pre") ? 20 : 28;
  part.style.fontSize = `${Math.max(least, size - 1)}px`;
}

async function show() {
  document.body.classList.remove("typesetting");
  toggleDark(localStorage.getItem(DARK) === "yes");
  await Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    center: false,
    hash: true,
    transition: "none",
    plugins: [RevealNotes],
  });
  Reveal.addKeyBinding({ keyCode: 68, key: "D", description: "Dark or light" }, () =>
    toggleDark(!document.documentElement.classList.contains("dark")),
  );
}

function toggleDark(dark) {
  document.documentElement.classList.toggle("dark", dark);
  localStorage.setItem(DARK, dark ? "yes" : "no");
}
