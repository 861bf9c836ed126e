// The flame graph, callers on top: a box's width is what its function and all it calls weigh. Click or Enter zooms.

const ROW = 20, LEAST_SHARE = 0.0008, LEAST_TEXT = 26, OWNERS = ["own", "dependency", "standard", "rest"];

function flameGraph(data) {
  const count = data.parent.length, hasBase = data.base.length > 0;
  const children = Array.from({ length: count }, () => []), depth = new Int32Array(count);
  for (let node = 1; node < count; node += 1) {
    children[data.parent[node]].push(node);
    depth[node] = depth[data.parent[node]] + 1;
  }
  const state = { kind: data.kind, zoom: 0, focus: 0, colour: hasBase ? "change" : "code", search: "", sizes: null };
  flameGraph.made = (flameGraph.made || 0) + 1;
  const id = `flame${flameGraph.made}`, kept = recalled(id);
  const boxes = new Map();
  const name = (node) => data.names[data.name[node]];
  const unit = () => data.kinds[state.kind][1];
  const value = (node) => data.values[state.kind][node];
  const before = (node) => (hasBase ? data.base[state.kind][node] : 0);

  // With a base a box is as wide as the larger of before and after, so that what went away is seen too.
  function measure() {
    const sizes = new Float64Array(count), own = new Float64Array(count);
    for (let node = 0; node < count; node += 1) {
      let [after, earlier] = [value(node), before(node)];
      for (const child of children[node]) { after -= value(child); earlier -= before(child); }
      own[node] = Math.max(0, after, earlier);
    }
    for (let node = count - 1; node >= 0; node -= 1) {
      sizes[node] += own[node];
      if (node) sizes[data.parent[node]] += sizes[node];
    }
    state.sizes = sizes;
  }

  const stage = make("div", { class: "flame", role: "tree", tabindex: "0", "aria-label": "Flame graph",
    keydown: pressed, click: clicked, mousemove: pointed, mouseleave: () => told(state.focus) });
  const detail = make("div", { class: "detail", "aria-live": "polite" });
  const found = make("span", { class: "found", "aria-live": "polite" });

  function colourOf(node) {
    const owner = OWNERS[name(node)[2]];
    if (node === 0 || owner === "rest") return "rest";
    if (state.colour === "code") return owner;
    if (state.colour === "state") return `state${data.state[node] % 8}`;
    const [after, earlier] = [value(node), before(node)];
    const change = (after - earlier) / (Math.max(Math.abs(after), Math.abs(earlier)) || 1);
    const strength = change === 0 ? 0 : Math.abs(change) > 0.75 ? 3 : Math.abs(change) > 0.25 ? 2 : 1;
    return strength ? `${change > 0 ? "more" : "less"}${strength}` : "same";
  }

  function isFound(node) {
    return state.search !== "" && name(node)[0].toLowerCase().includes(state.search);
  }

  function draw() {
    boxes.clear();
    const whole = state.sizes[state.zoom] || 1, drawn = [];
    const above = [];
    for (let node = data.parent[state.zoom]; node >= 0; node = data.parent[node]) above.unshift(node);
    above.forEach((node) => drawn.push(box(node, 0, 1, depth[node])));
    let deepest = depth[state.zoom];
    const todo = [[state.zoom, 0]];
    while (todo.length) {
      const [node, left] = todo.pop(), share = state.sizes[node] / whole;
      if (share < LEAST_SHARE && node !== state.zoom) continue;
      drawn.push(box(node, left, node === state.zoom ? 1 : share, depth[node]));
      deepest = Math.max(deepest, depth[node]);
      let start = left;
      for (const child of children[node]) { todo.push([child, start]); start += state.sizes[child] / whole; }
    }
    stage.replaceChildren(...drawn);
    stage.style.height = `${(deepest + 1) * ROW}px`;
    focusOn(boxes.has(state.focus) ? state.focus : state.zoom);
    countFound();
    legend();
    back.hidden = state.zoom === 0;
    remember(id, { kind: state.kind, colour: state.colour, search: state.search, zoom: pathTo(state.zoom) });
  }

  // A zoom is remembered by its functions: after a reload the boxes are others.
  function pathTo(node) {
    const path = [];
    for (let at = node; at > 0; at = data.parent[at]) path.unshift(name(at)[0]);
    return path;
  }

  function recall() {
    if (kept.kind < data.kinds.length) state.kind = kept.kind;
    if (colours.some(([key]) => key === kept.colour)) state.colour = kept.colour;
    state.search = search.value = kept.search;
    for (const step of kept.zoom) {
      const next = children[state.zoom].find((node) => name(node)[0] === step);
      if (next === undefined) break;
      state.zoom = next;
    }
  }

  function box(node, left, share, row) {
    const classes = ["box", colourOf(node)];
    if (depth[node] < depth[state.zoom]) classes.push("above");
    if (isFound(node)) classes.push("match");
    const text = node === 0 ? `all: ${inWords(value(0), unit())}` : shortName(name(node)[0]);
    const element = make("div", { class: classes.join(" "), role: "treeitem", "aria-level": depth[node] + 1 },
      share * Math.min(window.innerWidth, 1140) > LEAST_TEXT ? text : "");
    element.setAttribute("aria-label", sentence(node));
    element.title = [sentence(node), name(node)[1]].filter(Boolean).join("\n");
    Object.assign(element.style, { left: `${left * 100}%`, width: `${share * 100}%`, top: `${row * ROW}px` });
    element.dataset.node = node;
    boxes.set(node, element);
    return element;
  }

  function shortName(full) {
    const start = full.search(/[([{]/), slash = full.lastIndexOf("/", start < 0 ? full.length : start);
    return full.slice(slash + 1);
  }

  function sentence(node) {
    const words = [node ? name(node)[0] : "all"];
    if (hasBase) {
      const change = value(node) - before(node);
      words.push(`${signed(change, unit())} (${inWords(before(node), unit())} → ${inWords(value(node), unit())})`);
    } else words.push(`${inWords(value(node), unit())}, ${shareInWords(value(node), value(0))} of all`);
    return words.join(" · ");
  }

  function told(node) {
    const [, place, owner] = name(node), waits = data.states[data.state[node]];
    const whose = node ? { own: "own code", dependency: "a dependency", standard: "standard library" }[OWNERS[owner]] : "";
    detail.replaceChildren(make("strong", {}, breakable(sentence(node))),
      make("span", {}, [place, whose, waits && `mostly ${waits}`].filter(Boolean).join(" · ")));
  }

  function focusOn(node) {
    const old = boxes.get(state.focus);
    if (old) old.classList.remove("focus");
    state.focus = node;
    const element = boxes.get(node);
    if (element) { element.classList.add("focus"); element.id = `${id}-focus`; }
    if (old && old !== element) old.removeAttribute("id");
    stage.setAttribute("aria-activedescendant", `${id}-focus`);
    told(node);
  }

  function zoomTo(node) { state.zoom = node; state.focus = node; draw(); }

  function nodeAt(event) {
    const element = event.target.closest(".box");
    return element ? Number(element.dataset.node) : -1;
  }
  function clicked(event) { const node = nodeAt(event); if (node >= 0) zoomTo(node); }
  function pointed(event) { const node = nodeAt(event); if (node >= 0) told(node); }

  function pressed(event) {
    const node = state.focus, parent = data.parent[node];
    const beside = parent < 0 ? [node] : children[parent].filter((one) => boxes.has(one));
    const below = children[node].filter((one) => boxes.has(one)).sort((a, b) => state.sizes[b] - state.sizes[a]);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) focusOn(beside[beside.indexOf(node) + step] ?? node);
    else if (event.key === "ArrowUp") focusOn(parent < 0 ? node : parent);
    else if (event.key === "ArrowDown") focusOn(below[0] ?? node);
    else if (event.key === "Enter" || event.key === " ") zoomTo(node);
    else if (event.key === "Escape" || event.key === "Home") zoomTo(0);
    else if (event.key === "Backspace") zoomTo(Math.max(0, data.parent[state.zoom]));
    else if (event.key === "/") search.focus();
    else return;
    event.preventDefault();
  }

  // Boxes inside of a found box are not counted again.
  function countFound() {
    if (!state.search) { found.textContent = ""; return; }
    let sum = 0, number = 0;
    const todo = [0];
    while (todo.length) {
      const node = todo.pop();
      if (isFound(node)) { sum += value(node); number += 1; } else todo.push(...children[node]);
    }
    found.textContent = number ? `${inWords(sum, unit())}, ${shareInWords(sum, value(0))} of all` : "not found";
  }

  function choice(title, options, chosen, change) {
    const select = make("select", { change: () => { change(select.value); measure(); draw(); } },
      options.map(([key, words]) => make("option", { value: key, selected: String(key) === String(chosen) }, words)));
    return make("label", {}, title, " ", select);
  }

  const legendLine = make("p", { class: "legend" });
  function legend() {
    const entries = { code: [["own", "own code"], ["dependency", "dependencies"], ["standard", "standard library"]],
      change: [["more3", "more than before"], ["same", "the same"], ["less3", "less than before"]],
      state: data.states.slice(1, 8).map((words, index) => [`state${index + 1}`, words]) }[state.colour];
    legendLine.replaceChildren(...entries.map(([key, words]) =>
      make("span", {}, make("i", { class: `box ${key}` }), words)));
  }

  const search = make("input", { type: "search", placeholder: "Find a function", "aria-label": "Find a function",
    input: () => { state.search = search.value.trim().toLowerCase(); draw(); } });
  const back = make("button", { type: "button", class: "back", click: () => zoomTo(0) }, "Show all");
  const colours = [["code", "whose code"]];
  if (data.states.length > 1) colours.push(["state", "state"]);
  if (hasBase) colours.push(["change", "change"]);
  if (kept) recall();
  const bar = make("div", { class: "bar" },
    data.kinds.length > 1 ? choice("Show", data.kinds.map(([words], index) => [index, words]), state.kind,
      (key) => { state.kind = Number(key); }) : null,
    colours.length > 1 ? choice("Colour by", colours, state.colour, (key) => { state.colour = key; }) : null,
    search, found, back);
  measure();
  draw();
  return make("div", { class: "flamegraph" }, bar, legendLine, make("div", { class: "frame" }, stage), detail,
    make("p", { class: "keys" }, "Click a box to zoom. Keys: arrows move, Enter zooms, Escape shows all, / searches."));
}
