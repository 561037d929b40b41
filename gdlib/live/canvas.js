// Paints what Python computed and reports what the reader does on the plots. There is
// no mathematics here: points arrive in pixels.

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const GRAIN = 8, LIFTED = -(2 ** 15); // as in canvas.py

function trace(xy) {
  const path = new Path2D();
  let pen = "moveTo";
  for (let i = 0; i < xy.length; i += 2) {
    if (isNaN(xy[i])) pen = "moveTo"; // the line left the plot
    else { path[pen](xy[i], xy[i + 1]); pen = "lineTo"; }
  }
  return path;
}

function stroke(pen, path, colour, width, dash = []) {
  Object.assign(pen, { strokeStyle: colour, lineWidth: width, lineJoin: "round" });
  pen.setLineDash(dash);
  pen.stroke(path);
}

// All white edges first, so that markers close together keep their colour.
function stamp(pen, [svg, filled], xy, colour, marked) {
  const one = new Path2D(svg), all = new Path2D();
  const stride = typeof marked === "number" ? marked : 1; // else a 1 or 0 for each
  for (let i = 0; i < xy.length; i += 2 * stride) {
    if (typeof marked === "string" && marked[i / 2] !== "1") continue;
    all.addPath(one, { e: xy[i], f: xy[i + 1] });
  }
  stroke(pen, all, "white", filled ? 2 : 4);
  pen.fillStyle = colour;
  if (filled) pen.fill(all);
  else stroke(pen, all, colour, 2);
}

function write(pen, { t, a, z, c }, [x, y]) {
  pen.setLineDash([]);
  Object.assign(pen, { font: `600 ${z}px sans-serif`, textAlign: a, fillStyle: c,
    textBaseline: "middle", strokeStyle: "white", lineWidth: 4, lineJoin: "round" });
  pen.strokeText(t, x, y);
  pen.fillText(t, x, y);
}

function paint(pen, item, xy, stamps) {
  if (item.t) return write(pen, item, xy);
  const path = trace(xy);
  if (item.f) { pen.fillStyle = item.f; pen.fill(path); }
  if (item.w) stroke(pen, path, item.c, item.w, item.d);
  if (item.s) stamp(pen, stamps[item.s], xy, item.c, item.j);
}

// Maps lie lowest, then the white edges of all lines: two lines on one another show.
function paintAll(pen, items, points, stamps, pictures) {
  pen.imageSmoothingQuality = "high";
  for (const item of items.filter((one) => one.i)) {
    pen.imageSmoothingEnabled = item.o;
    pen.drawImage(pictures[item.i], ...points(item));
  }
  const rest = items.filter((one) => !one.i);
  for (const item of rest) if (item.h) stroke(pen, trace(points(item)), "white", item.h);
  for (const item of rest) paint(pen, item, points(item), stamps);
}

function makePlots(root, panels, takes) {
  return panels.map(({ label }, index) => {
    const figure = document.createElement("figure");
    const title = document.createElement("figcaption");
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", takes[index].length ? "application" : "img");
    canvas.ariaLabel = label;
    if (takes[index].length) canvas.tabIndex = 0;
    for (const what of takes[index]) canvas.dataset[what] = "";
    figure.append(title, canvas);
    root.append(figure);
    return canvas;
  });
}

// What ipywidgets leaves unsaid: a handle's name and its value as the box has it, the
// state of a button that toggles, the names of Play's buttons.
function name(board) {
  const set = (node, key, text) => { if (node.getAttribute(key) !== text) node.setAttribute(key, text); };
  for (const slider of board.querySelectorAll(".widget-hslider")) {
    const handle = slider.querySelector(".noUi-handle"), readout = slider.querySelector(".widget-readout");
    const box = slider.closest(".gd-control")?.querySelector("input");
    if (!handle) continue;
    set(handle, "aria-label", (box?.labels[0] ?? slider.querySelector("label")).textContent);
    set(handle, "aria-valuetext", box?.value ?? readout.textContent);
    if (readout.isContentEditable) readout.contentEditable = "false"; // the box is for typing
  }
  for (const button of board.querySelectorAll(".widget-toggle-button")) {
    set(button, "aria-pressed", `${button.classList.contains("mod-active")}`);
  }
  board.querySelectorAll(".widget-play button").forEach((button, index) => {
    const plays = button.querySelector(".fa-pause");
    const text = ["Play", "Back to the start", "Repeat"][index];
    set(button, "aria-label", index === 0 && plays ? "Pause" : text);
    set(button, "title", button.ariaLabel);
  });
}

// The outermost place that scrolls: what it shows at once is what a reader sees.
function scroller(node) {
  let found = document.documentElement;
  for (let at = node.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) found = at;
  }
  return found;
}

function render({ model, el }) {
  const root = document.createElement("div"), heard = document.createElement("p");
  const pictures = {}, stamps = {}, me = Math.random().toString(36).slice(2);
  let plots = [], panels = [], waiting = [], flying = false, gone = false, board = null;
  let late, hush, settle, naming, newest, size = "", frame = 0, number = 0, turn = Promise.resolve();
  root.className = "gd-plots";
  root.textContent = "The dashboard waits for its kernel.";
  heard.className = "gd-heard";
  heard.ariaLive = "polite";
  el.append(root, heard);

  function tell(kind, plot, payload) {
    const old = (e) => e[0] === kind && e[1] === plot && kind !== "key";
    waiting = [...waiting.filter((e) => !old(e)), [kind, plot, payload]];
    fly();
  }

  // One message is under way at a time; what happens meanwhile goes with the next.
  function fly() {
    if (flying || !waiting.length || gone) return;
    flying = true;
    late = setTimeout(() => { flying = false; board?.classList.add("gd-late"); }, 5000);
    try { model.send({ view: me, events: waiting, number: ++number }); waiting = []; }
    catch { board?.classList.add("gd-late"); }
  }

  function landed(news, buffers) {
    if (news.copy) navigator.clipboard?.writeText(news.copy).catch(() => {});
    if (news.who && news.who !== me && plots.length) {
      clearTimeout(late);
      flying = false;
      size = ""; // another view has begun: say that this one is there, too
      measure("here");
    }
    if (news.to !== me || gone) return;
    clearTimeout(late);
    flying = false;
    board?.classList.remove("gd-late");
    turn = turn.then(() => receive(news, buffers)).catch(console.error);
    fly();
  }

  async function receive(news, [points, ...files]) {
    if (gone) return;
    panels = news.panels ?? panels;
    if (!plots.length) {
      root.textContent = "";
      plots = makePlots(root, panels, news.takes);
    }
    clearTimeout(hush); // a screen reader hears the sentence once things are at rest
    hush = setTimeout(() => { heard.textContent = news.says; }, 600);
    clearTimeout(settle); // some pictures are worth refining once things are at rest
    if (news.refines) settle = setTimeout(() => tell("rest", 0, 0), 300);
    Object.assign(stamps, news.stamps);
    const decode = (file) => createImageBitmap(new Blob([file], { type: "image/png" }));
    const fresh = await Promise.all(files.map(decode));
    if (gone) return fresh.forEach((picture) => picture.close());
    fresh.forEach((picture, index) => {
      pictures[news.files[index]]?.close();
      pictures[news.files[index]] = picture;
    });
    newest = () => show(news, points);
    if (!frame) present();
  }

  // A frame shows what came first, the next one the newest of all that came since.
  function present() {
    frame = newest && !gone ? requestAnimationFrame(present) : 0;
    newest?.();
    newest = null;
  }

  function show({ items, ratio }, { buffer, byteOffset, byteLength }) {
    const whole = new Int16Array(buffer.slice(byteOffset, byteOffset + byteLength));
    const xy = Float32Array.from(whole, (x) => (x === LIFTED ? NaN : x / GRAIN));
    const points = (item) => xy.subarray(...item.n);
    plots.forEach((canvas, p) => {
      const pen = canvas.getContext("2d"), { still, box, style, title } = panels[p];
      const { width, height } = pictures[still];
      canvas.style.cssText = style;
      canvas.previousSibling.textContent = title;
      if (canvas.width !== width || canvas.height !== height) {
        Object.assign(canvas, { width, height });
      }
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.drawImage(pictures[still], 0, 0);
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.save();
      pen.beginPath();
      pen.rect(...box);
      pen.clip();
      const mine = items.filter((item) => item.p === p);
      paintAll(pen, mine.filter((item) => !item.q), points, stamps, pictures);
      pen.restore();
      paintAll(pen, mine.filter((item) => item.q), points, stamps, pictures);
    });
    board?.classList.add("gd-drawn"); // until then its twin stands in its place
  }

  function point(kind, e) {
    const { offsetX: x, offsetY: y, target: t } = e;
    tell(kind, plots.indexOf(t), [x / t.clientWidth, y / t.clientHeight]);
  }

  const acts = {
    pointerdown(e) {
      if (!("drag" in e.target.dataset)) return;
      e.target.setPointerCapture(e.pointerId);
      point("drag", e);
    },
    pointermove(e) {
      if (e.buttons && e.target.hasPointerCapture?.(e.pointerId)) point("drag", e);
      else if (!e.buttons && "hover" in e.target.dataset) point("hover", e);
    },
    pointerout(e) {
      if ("hover" in e.target.dataset) tell("leave", plots.indexOf(e.target), 0);
    },
    keydown(e) {
      if (e.key === "Escape") e.target.blur();
      if (!ARROWS.includes(e.key) || e.ctrlKey || e.metaKey) return;
      e.stopPropagation(); // the notebook has shortcuts of its own
      e.preventDefault();
      tell("key", plots.indexOf(e.target), [e.key, e.shiftKey]);
    },
  };
  for (const [kind, act] of Object.entries(acts)) root.addEventListener(kind, act);

  // The plots get the width of their place and the height that the rest leaves free.
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  function measure(kind = "hello") {
    const found = el.closest(".gd-board");
    if (!el.clientWidth || gone) return;
    if (found && !board) {
      board = found;
      watch.observe(board);
      names.observe(board, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-valuetext", "class"] });
      name(board);
    }
    const row = el.closest(".gd-stage") ?? root;
    const around = board ? board.offsetHeight - row.offsetHeight : 0;
    const extra = board?.querySelectorAll(".gd-extra") ?? [];
    const aside = [...extra].reduce((sum, node) => sum + node.offsetHeight, 0);
    const title = root.querySelector("figcaption")?.offsetHeight ?? 0;
    const rest = around - aside + title + 12;
    const room = Math.floor((scroller(el).clientHeight - rest) / 8) * 8;
    const now = [el.clientWidth, room, devicePixelRatio, calm.matches];
    if (`${now}` === size) return;
    size = `${now}`;
    tell(kind, 0, now);
  }
  const names = new MutationObserver(() => {
    naming ??= setTimeout(() => { naming = null; name(board); }, 100);
  });
  const watch = new ResizeObserver(() => requestAnimationFrame(() => measure()));
  watch.observe(el);
  let screen; // a finer one may have the same width
  function lookAgain() {
    screen?.removeEventListener("change", lookAgain);
    if (gone) return;
    measure();
    screen = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    screen.addEventListener("change", lookAgain);
  }
  lookAgain();
  model.on("msg:custom", landed);

  return () => {
    gone = true;
    lookAgain();
    watch.disconnect();
    names.disconnect();
    [late, hush, settle, naming].forEach(clearTimeout);
    newest = null;
    Object.values(pictures).forEach((picture) => picture.close());
    model.off("msg:custom", landed);
    try { model.send({ view: me, events: [["bye", 0, 0]] }); } catch { /* no kernel */ }
    root.remove();
    heard.remove();
  };
}

export default { render };
