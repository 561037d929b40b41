// Python in a worker: the page stays quick while it computes.

import { ConsoleStdout, Directory, File, OpenFile, PreopenDirectory, WASI } from "./wasi/index.js";

const LIB = "/usr/local/lib", text = new TextEncoder();
let exports, wasi, lines = []; // lines: what Python printed last, outside of cells

const say = (what) => postMessage({ say: what });
const address = (name) => new URL(name, import.meta.url);

// A browser's own cache keeps no file of 20 MB for sure. What is kept here is asked for
// its marks alone, and serves without a network, too.
const MARKS = ["etag", "last-modified", "content-length"];
const marks = ({ headers }) => MARKS.map((name) => headers.get(name)).join();

async function fetched(name) {
  const url = address(name), store = await self.caches?.open("gd-live").catch(() => null);
  const kept = await store?.match(url);
  if (kept) {
    const now = await fetch(url, { method: "HEAD" }).catch(() => null);
    if (!now || (now.ok && marks(now) === marks(kept))) return kept;
  }
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${name} could not be fetched (${answer.status}).`);
  store?.put(url, answer.clone()).catch(() => {}); // a full disk: fetched again next time
  return answer;
}

const unpacked = async (name) =>
  new Response((await fetched(name)).body.pipeThrough(new DecompressionStream("gzip")));
const bytes = async (answer) => new Uint8Array(await (await answer).arrayBuffer());

// A pack is the length of an index, the index [path, start, size], and the bytes.
function tree(pack) {
  const size = new DataView(pack.buffer).getUint32(0, true), from = 4 + size;
  const root = new Map();
  for (const [path, at, length] of JSON.parse(new TextDecoder().decode(pack.subarray(4, from)))) {
    const parts = path.split("/");
    let folder = root;
    for (const part of parts.slice(0, -1)) {
      if (!folder.has(part)) folder.set(part, new Directory(new Map()));
      folder = folder.get(part).contents;
    }
    folder.set(parts.at(-1), new File(pack.slice(from + at, from + at + length)));
  }
  return root;
}

// Lets Python run a text of code to its end.
function turn(code) {
  const letters = text.encode(code), at = exports.host_alloc(letters.length) >>> 0;
  new Uint8Array(exports.memory.buffer).set(letters, at);
  if (!exports.turn(at, letters.length)) return;
  console.warn(lines.join("\n"));
  throw new Error(`Python stopped: ${lines.at(-1)}`);
}

// What kernel.post sends: the length of a head, the head [content, sizes], the bytes.
function heard(at, length, answer, answerLength) {
  const sent = new Uint8Array(exports.memory.buffer, at >>> 0, length).slice();
  const size = new DataView(sent.buffer).getUint32(0, true);
  const [content, sizes] = JSON.parse(new TextDecoder().decode(sent.subarray(4, 4 + size)));
  let from = 4 + size;
  const buffers = sizes.map((n) => sent.slice(from, from += n).buffer);
  postMessage({ content, buffers }, buffers);
  const view = new DataView(exports.memory.buffer), empty = exports.host_alloc(1) >>> 0;
  view.setUint32(answer >>> 0, empty, true);
  view.setUint32(answerLength >>> 0, 0, true);
  return 0;
}

const quoted = (thing) => `__import__("json").loads(${JSON.stringify(JSON.stringify(thing))})`;

async function start({ science }) {
  say("Fetching Python");
  const wasm = unpacked("python.wasm.gz").then((answer) => WebAssembly.compileStreaming(
    new Response(answer.body, { headers: { "Content-Type": "application/wasm" } })));
  const wanted = [wasm, bytes(fetched("library.zip")), bytes(unpacked("fonts.pack.gz")),
    bytes(unpacked("course.pack.gz")), science ? bytes(fetched("science.zip")) : null];
  const [module, library, fonts, course, more] = await Promise.all(wanted);
  say("Starting Python");
  const print = (line) => { lines = [...lines.slice(-60), line]; };
  const zips = new Map([["python315.zip", new File(library, { readonly: true })]]);
  if (more) zips.set("science.zip", new File(more, { readonly: true }));
  wasi = new WASI(["/usr/local/bin/python.wasm"],
    ["NO_COLOR=1", "TMPDIR=/tmp", "HOME=/tmp", "PYTHONTZPATH=", "MPLCONFIGDIR=/tmp", "MPLBACKEND=agg"],
    [new OpenFile(new File([])), ConsoleStdout.lineBuffered(print), ConsoleStdout.lineBuffered(print),
      new PreopenDirectory(LIB, zips),
      new PreopenDirectory(`${LIB}/python315.zip/matplotlib/mpl-data`, tree(fonts)),
      new PreopenDirectory("/site", tree(course)), new PreopenDirectory("/tmp", new Map())],
    { debug: false });
  const given = { host: { call: heard } };
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    given[from] ??= {};
    given[from][name] ??= wasi.wasiImport[name] ?? (() => 52); // "not supported"
  }
  const instance = await WebAssembly.instantiate(module, given);
  exports = instance.exports;
  wasi.inst = instance;
  exports._initialize();
  say("Loading NumPy, Matplotlib and the course");
  turn(`import sys; sys.path[:0] = ["/site", "${LIB}/science.zip"]`);
  turn("import kernel; kernel.start()");
  say("");
}

const acts = {
  start,
  run: ({ number, cell, source }) => turn(`kernel.run(${quoted(number)}, ${quoted(cell)}, ${quoted(source)})`),
  hear: ({ message }) => turn(`kernel.hear(${quoted(message)})`),
};

let last = Promise.resolve(); // one thing after the other

onmessage = ({ data: { act, id, ...rest } }) => {
  last = last.then(() => acts[act](rest))
    .then(() => postMessage({ done: id }), (error) => postMessage({ failed: id, why: `${error.message}` }));
};
