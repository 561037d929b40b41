// "Make it live": a page's dashboards, questions and cells run in the reader's browser.

import { Engine } from "./live.js";
import { makeManager } from "./widgets.js";

const WIDGET = "application/vnd.jupyter.widget-view+json";
const HINT = "Fetches Python once, 40 MB, or 50 with scikit-learn, and runs this page's cells in your browser.";
const notebook = document.querySelector("script[data-notebook]").dataset.notebook;
const cells = [...document.querySelectorAll("div.cell")];
const STOPPED = "Stopped. What you run next starts Python anew.";
const ran = new Set();
let began = null, status = null, engine, manager, sources, doing = "", last = Promise.resolve();

// One thing after the other: a reader may press several buttons. What waits for an
// engine that was stopped is not done with the next one.
function inTurn(act) {
  const mine = engine, turn = () => (mine === engine ? act() : Promise.reject(new Error(STOPPED)));
  return (last = last.then(turn, turn));
}

for (const [index, cell] of cells.entries()) {
  if (cell.classList.contains("tag_widget") && cell.querySelector("img")) addButton(cell, index);
}

function addButton(cell, index) {
  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "gd-alive", textContent: "Make it live · 40 MB", title: HINT });
  button.onclick = () => makeLive(index);
  cell.querySelector(".cell_output").prepend(button);
}

// Says in words what goes on, in the page's corner; a fault stays until the next text.
function say(text, fault = false) {
  status ??= makeStatus();
  const [told, halt] = status.children;
  told.setAttribute("role", fault ? "alert" : "status");
  told.textContent = text && (fault ? text : `${text} …`);
  halt.hidden = fault;
  status.classList.toggle("gd-fault", fault);
  status.hidden = !text;
}

function makeStatus() {
  const halt = Object.assign(document.createElement("button"), {
    type: "button", className: "gd-halt", textContent: "Stop", onclick: stop });
  const made = Object.assign(document.createElement("div"), { className: "gd-status" });
  made.append(document.createElement("span"), halt);
  return document.body.appendChild(made);
}

// Ends Python and all that it knows; dashboards say that they have no answer.
function stop() {
  const old = engine;
  engine = began = null;
  ran.clear();
  old?.stop(STOPPED);
  say(STOPPED, true);
}

async function makeLive(index) {
  try {
    await (began ??= begin());
    await inTurn(() => runAll(needed(index)));
    const place = cells[index].querySelector(".cell_output"); // the button is gone
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    cells[index].scrollIntoView({ block: "nearest" });
  } catch (error) {
    fail(error);
  }
}

// The places of a dashboard, of all questions, and of what these need.
function needed(index) {
  const shown = [...sources.keys()].filter((place) => place === index || sources[place].asks);
  const places = new Set(shown.flatMap((place) => [...sources[place].needs, place]));
  return [...places].sort((a, b) => a - b);
}

function fail(error) {
  if (error.message === STOPPED) return say(STOPPED, true);
  began = ran.size ? began : null; // so that a second press tries again
  say(`The page could not come alive: ${error.message}`, true);
}

async function begin() {
  say("Fetching Python");
  sources ??= await (await fetch(new URL(`${notebook}.json`, import.meta.url))).json();
  const science = sources.some(({ source }) => /\bsklearn\b/.test(source));
  engine = new Engine((content, buffers) => heard(content, buffers), say);
  const managed = makeManager((message) => engine?.send(message));
  [manager] = await Promise.all([managed, engine.start(science)]);
  document.body.classList.add("gd-is-live");
  for (const [index, cell] of cells.entries()) if (!cell.querySelector(".gd-run")) makeEditable(cell, index);
  for (const button of document.querySelectorAll(".gd-alive")) button.textContent = "Make it live";
}

function heard({ comm, fault, busy }, buffers) {
  if (busy) say(`${doing}: ${busy}`);
  if (fault) say(fault, true);
  if (comm) manager.take(comm, buffers);
}

// Runs cells that have not run yet. What they printed stands there already, so that
// only widgets take the place of their pictures. What follows a fault may not need it.
async function runAll(places) {
  const wanted = places.filter((place) => !ran.has(place)), failed = [];
  for (const [count, place] of wanted.entries()) {
    say(doing = `Running cell ${count + 1} of ${wanted.length}`);
    const { outputs, error } = await engine.run(sources[place].id, sources[place].source);
    ran.add(place);
    if (error) failed.push([place + 1, error]);
    if (outputs.some(({ data }) => data?.[WIDGET])) await show(cells[place], outputs, "");
  }
  const numbers = failed.map(([number]) => number).join(", ");
  say(failed.length ? `Not run: cell ${numbers}. ${failed[0][1]}` : "", failed.length > 0);
}

function makeEditable(cell, index) {
  const code = cell.querySelector(".cell_input pre");
  if (!code) return;
  const run = Object.assign(document.createElement("button"), {
    type: "button", className: "gd-run", textContent: "Run", title: "Shift + Enter" });
  const act = () => runChanged(cell, index, code.innerText);
  run.onclick = act;
  code.contentEditable = "plaintext-only";
  code.spellcheck = false;
  code.setAttribute("role", "textbox");
  code.setAttribute("aria-multiline", "true");
  code.setAttribute("aria-label", `Code of cell ${index + 1}; Shift + Enter runs it`);
  code.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); act(); }
    event.stopPropagation(); // the book has keys of its own
  });
  cell.querySelector(".cell_input").append(run);
}

async function runChanged(cell, index, source) {
  try {
    await (began ??= begin());
    await inTurn(async () => {
      await runAll([...cells.keys()].slice(0, index));
      say(doing = `Running cell ${index + 1}`);
      const { outputs, error } = await engine.run(sources[index].id, source);
      ran.add(index);
      await show(cell, outputs, error);
      say("");
    });
  } catch (error) {
    fail(error);
  }
}

// Puts outputs below a cell. The picture that goes before a widget is for other pages.
async function show(cell, outputs, error) {
  let place = cell.querySelector(".cell_output");
  if (!place) {
    place = Object.assign(document.createElement("div"), { className: "cell_output docutils container" });
    cell.append(place);
  }
  const live = outputs.some(({ data }) => data?.[WIDGET]);
  const from = live ? outputs.findIndex(({ data }) => data?.["text/html"]?.includes("gd-twin")) : -1;
  const kept = outputs.filter((_, i) => from < 0 || (i !== from && i !== from + 1));
  place.replaceChildren();
  for (const output of kept) await put(place, output);
  if (error) put(place, { text: error }).then((node) => node.setAttribute("role", "alert"));
}

async function put(place, { text, data = {} }) {
  const node = place.appendChild(document.createElement("div"));
  node.className = "output";
  if (data[WIDGET]) await manager.show(data[WIDGET].model_id, node);
  else if (data["image/png"]) picture(node, data);
  else if (data["text/markdown"]) node.innerHTML = marked(data["text/markdown"]);
  else if (data["text/html"]) node.innerHTML = data["text/html"];
  else {
    const pre = node.appendChild(document.createElement("pre"));
    pre.textContent = text ?? data["text/plain"] ?? "";
    pre.classList.toggle("gd-prose", !pre.textContent.trim().includes("  "));
  }
  return node;
}

function picture(node, data) {
  const image = node.appendChild(document.createElement("img"));
  image.src = `data:image/png;base64,${data["image/png"]}`;
  image.alt = data["text/plain"] ?? "";
  const width = /(\d+) wide/.exec(image.alt);
  if (width) image.style.width = `${width[1]}px`;
}

// The little Markdown that a check answers in: bold words and code.
function marked(text) {
  const safe = text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<p>${safe.replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>").replace(/`(.+?)`/g, "<code>$1</code>")}</p>`;
}
