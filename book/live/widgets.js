// ipywidgets on the page: Jupyter's own HTML manager, whose messages go to the engine.

const load = (src) => new Promise((resolve, reject) => {
  const script = Object.assign(document.createElement("script"), { src, onload: resolve });
  script.onerror = () => reject(new Error(`${src} could not be fetched.`));
  document.head.append(script);
});
const here = (name) => `${new URL(name, import.meta.url)}`;

// ipywidgets asks MathJax as its version 2 was asked; the book has version 3.
function typeset() {
  if (!window.MathJax) return;
  const set = (node) => { node.classList.add("tex2jax_process"); MathJax.typesetPromise([node]); };
  MathJax.Hub = { Queue: ([what, , node]) => what === "Typeset" && node && set(node) };
}

// A manager of the widgets that Python makes: its `take` hears Python's messages.
export async function makeManager(send) {
  await load(here("require.js"));
  const { requirejs, define } = window;
  await load(here("html-manager.js"));
  requirejs.config({ baseUrl: here(".") }); // the manager looks for its fonts there
  const get = (name) => new Promise((resolve, reject) => requirejs([name], resolve, reject));
  const { HTMLManager } = await get("@jupyter-widgets/html-manager");
  await get("anywidget");
  delete define.amd; // other scripts of the page are no modules of require.js
  typeset();
  const loader = (name) => name === "anywidget" ? get(name)
    : Promise.reject(new Error(`The widget ${name} is not part of the course.`));
  const manager = new HTMLManager({ loader });
  const comms = new Map();

  manager.take = ({ msg_type: kind, content, metadata }, buffers) => {
    const message = { content, metadata, buffers, header: { msg_id: "" }, parent_header: {} };
    if (kind === "comm_open") {
      const comm = makeComm(content, send);
      comms.set(content.comm_id, comm);
      return manager.handle_comm_open(comm, message);
    }
    const comm = comms.get(content.comm_id);
    if (kind === "comm_close") comms.delete(content.comm_id);
    return (kind === "comm_close" ? comm?.closed : comm?.heard)?.(message);
  };
  manager.show = async (id, place) => {
    const model = await manager.get_model(id);
    await manager.display_view(await manager.create_view(model), place);
  };
  return manager;
}

// What ipywidgets calls a comm. A widget waits with its next change until it hears that
// Python is idle again.
function makeComm({ comm_id, target_name }, send) {
  let count = 0;
  const comm = {
    comm_id, target_name,
    on_msg(callback) { comm.heard = callback; },
    on_close(callback) { comm.closed = callback; },
    open: () => "",
    close: () => "",
    send(data, callbacks, metadata = {}) {
      const msg_id = `${comm_id}-${++count}`;
      const content = { comm_id, data };
      const idle = () => callbacks?.iopub?.status?.(
        { content: { execution_state: "idle" }, parent_header: { msg_id } });
      send({ msg_type: "comm_msg", content, metadata }).then(idle, idle);
      return msg_id;
    },
  };
  return comm;
}
