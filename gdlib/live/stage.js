// Paints what Python computed and reports what the reader did. There is no
// mathematics here: points arrive in pixels, controls leave as the browser has them.

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const CALM = ["rest", "hover", "hello", "tick"]; // leave nothing to be refined

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

function paint(pen, item, xy, stamps, pictures) {
  if (item.i) {
    pen.imageSmoothingEnabled = item.o;
    pen.drawImage(pictures[item.i], ...xy);
  } else if (item.t) write(pen, item, xy);
  else {
    const path = trace(xy);
    if (item.f) { pen.fillStyle = item.f; pen.fill(path); }
    if (item.h) stroke(pen, path, "white", item.h);
    if (item.w) stroke(pen, path, item.c, item.w, item.d);
    if (item.s) stamp(pen, stamps[item.s], xy, item.c, item.j);
  }
}

function render({ model, el }) {
  const board = document.createElement("div");
  const pictures = {}, stamps = {};
  let plots = [], waiting = [], flying = false, gone = false;
  let late, hush, settle, newest, width, frame = 0, turn = Promise.resolve();
  board.className = "gd-board";
  board.textContent = "The dashboard waits for its kernel.";
  el.append(board);
  const all = (kind, name) => board.querySelectorAll(`[data-${kind}="${name}"]`);

  function tell(kind, name, value) {
    const old = (e) => e[0] === kind && e[1] === name && kind !== "key";
    waiting = [...waiting.filter((e) => !old(e)), [kind, name, value]];
    fly();
    if (!board.querySelector("[data-rest]") || CALM.includes(kind)) return;
    clearTimeout(settle); // some pictures are worth refining once things are at rest
    settle = setTimeout(() => tell("rest", "", 0), 300);
  }

  // One message is under way at a time; what happens meanwhile goes with the next.
  function fly() {
    if (flying || !waiting.length || gone) return;
    flying = true;
    late = setTimeout(() => { flying = false; board.classList.add("gd-late"); }, 5000);
    try { model.send({ events: waiting }); waiting = []; }
    catch { board.classList.add("gd-late"); }
  }

  function landed(news, buffers) {
    clearTimeout(late);
    flying = false;
    board.classList.remove("gd-late");
    turn = turn.then(() => receive(news, buffers)).catch(console.error);
    fly();
  }

  async function receive(news, [points, ...files]) {
    if (gone || !(plots.length || news.page)) return;
    if (!plots.length) {
      board.innerHTML = news.page;
      plots = [...board.querySelectorAll("canvas")];
    }
    for (const [name, html] of Object.entries(news.slots)) {
      all("slot", name).forEach((slot) => { slot.innerHTML = html; });
    }
    for (const [name, [value, text]] of Object.entries(news.set)) {
      for (const box of all("set", name)) {
        const mine = box === document.activeElement; // the reader is ahead of us
        if (!mine) box.value = box.type === "range" ? value : text;
        if (box.type === "range") box.setAttribute("aria-valuetext", text);
      }
    }
    for (const button of board.querySelectorAll("[aria-pressed]")) {
      button.setAttribute("aria-pressed", news.pressed.includes(button.dataset.press));
    }
    board.classList.toggle("gd-big", news.pressed.includes("big"));
    const say = (slot) => { all("slot", slot)[0].textContent = news.says; };
    say("says");
    clearTimeout(hush); // a screen reader hears the sentence once things are at rest
    hush = setTimeout(say, 600, "heard");
    Object.assign(stamps, news.stamps);
    for (const key of news.files) {
      const file = new Blob([files.shift()], { type: "image/png" });
      const picture = await createImageBitmap(file);
      pictures[key]?.close();
      pictures[key] = picture;
    }
    newest = () => show(news, points);
    if (!frame) present();
    if (news.playing) requestAnimationFrame((now) => tell("tick", "", now));
  }

  // A frame shows what came first, the next one the newest of all that came since.
  function present() {
    frame = newest && !gone ? requestAnimationFrame(present) : 0;
    newest?.();
    newest = null;
  }

  function show({ items, panels, ratio }, { buffer, byteOffset, byteLength }) {
    const xy = new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
    plots.forEach((canvas, p) => {
      const pen = canvas.getContext("2d"), { still, box, style } = panels[p];
      const { width, height } = pictures[still];
      canvas.style.cssText = style;
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
      for (const item of items.filter((i) => i.p === p)) {
        paint(pen, item, xy.subarray(...item.n), stamps, pictures);
      }
      pen.restore();
    });
  }

  function point(kind, e) {
    const { offsetX: x, offsetY: y, target: t } = e;
    tell(kind, plots.indexOf(t), [x / t.clientWidth, y / t.clientHeight]);
  }

  const heard = {
    input({ target: t }) {
      if (t.type === "range") tell("slide", t.dataset.set, t.value);
    },
    change({ target: t }) {
      if (t.type !== "range") tell("type", t.dataset.set, t.value);
    },
    click({ target: t }) {
      const button = t.closest("[data-press]");
      if (button) tell("press", button.dataset.press, 0);
    },
    pointerdown(e) {
      if (!("drag" in e.target.dataset)) return;
      e.target.setPointerCapture(e.pointerId);
      point("drag", e);
    },
    pointermove(e) {
      if (e.buttons && e.target.hasPointerCapture?.(e.pointerId)) point("drag", e);
      else if (!e.buttons && "hover" in e.target.dataset) point("hover", e);
    },
    keydown(e) {
      if (e.ctrlKey || e.metaKey || e.key === "Escape" || e.key === "Tab") return;
      e.stopPropagation(); // the notebook has shortcuts of its own
      if (!plots.includes(e.target) || !ARROWS.includes(e.key)) return;
      e.preventDefault();
      tell("key", plots.indexOf(e.target), [e.key, e.shiftKey]);
    },
  };
  for (const [kind, act] of Object.entries(heard)) board.addEventListener(kind, act);

  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const observer = new ResizeObserver(() => {
    if (!el.clientWidth || el.clientWidth === width) return;
    width = el.clientWidth;
    tell("hello", "", [width, devicePixelRatio, calm.matches]);
  });
  observer.observe(el);
  model.on("msg:custom", landed);

  return () => {
    gone = true;
    observer.disconnect();
    [late, hush, settle].forEach(clearTimeout);
    newest = null;
    Object.values(pictures).forEach((picture) => picture.close());
    model.off("msg:custom", landed);
    board.remove();
  };
}

export default { render };
