// Tables that sort by any column, and the frames of a stack.

const ROWS_AT_FIRST = 25;

// columns: [{title, kind: "number" | "text", value(row), show(row)}]; more: a sentence about what the page leaves out.
function sortableTable(label, columns, rows, more, extra) {
  const body = make("tbody");
  let order = rows.slice(), everything = rows.length <= ROWS_AT_FIRST + 5, sorted = -1, direction = 1;
  sortableTable.made = (sortableTable.made || 0) + 1;
  const key = `table${sortableTable.made} ${label}`, kept = recalled(key);
  const rest = make("button", { type: "button", class: "rows", click: () => { everything = true; draw(); } });
  const heads = columns.map((column, index) => make("th", { scope: "col", class: column.kind },
    make("button", { type: "button", click: () => sortBy(index) }, column.title)));

  function sortBy(index) {
    arrange(index, index === sorted ? -direction : columns[index].kind === "number" ? -1 : 1);
    remember(key, { title: columns[sorted].title, direction });
  }

  function arrange(index, way) {
    [sorted, direction] = [index, way];
    const value = columns[index].value;
    order = rows.map((row, position) => [value(row), position, row])
      .sort((a, b) => direction * (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) || a[1] - b[1]).map((one) => one[2]);
    heads.forEach((head, position) => {
      if (position === index) head.setAttribute("aria-sort", direction < 0 ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    draw();
  }

  function draw() {
    const shown = everything ? order : order.slice(0, ROWS_AT_FIRST);
    body.replaceChildren(...shown.flatMap((row) => {
      const cells = columns.map((column) =>
        make("td", { class: column.main ? `${column.kind} main` : column.kind, "data-title": column.title }, column.show(row)));
      const line = make("tr", {}, cells);
      return extra ? [line, ...extra(row, columns.length)] : [line];
    }));
    rest.textContent = `Show ${(order.length - shown.length).toLocaleString("en-US")} more`;
    rest.hidden = everything;
  }

  const before = kept ? columns.findIndex((column) => column.title === kept.title) : -1;
  if (before >= 0) arrange(before, kept.direction); else draw();
  window.addEventListener("beforeprint", () => { everything = true; draw(); });
  const table = make("table", { "aria-label": label }, make("thead", {}, make("tr", {}, heads)), body);
  return make("div", { class: "table" }, table, rest, more ? make("p", { class: "more" }, more) : null);
}

// A long Go name may break behind its punctuation only.
function breakable(text) {
  const parts = text.split(/(?<=[/.)])(?=[\w(*])/);
  return parts.flatMap((part, index) => (index ? [document.createElement("wbr"), part] : [part]));
}

function functionAndPlace(name, place) {
  return make("div", { class: "where" }, make("code", {}, breakable(name)),
    place ? make("span", { class: "place" }, breakable(place)) : null);
}

function stackList(stack) {
  return make("ol", { class: "stack" }, stack.map(([name, place, owner]) =>
    make("li", { class: owner }, owner === "creator" ? make("span", { class: "by" }, "created by ") : null,
      functionAndPlace(name, place))));
}

function sparkline(values, grew) {
  const [width, height] = [120, 24], space = "http://www.w3.org/2000/svg";
  const least = Math.min(...values), span = Math.max(...values) - least || 1;
  const points = values.map((value, index) =>
    `${((index / Math.max(1, values.length - 1)) * (width - 4) + 2).toFixed(1)},` +
    `${(height - 2 - ((value - least) / span) * (height - 4)).toFixed(1)}`);
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  picture.setAttribute("class", grew ? "spark grew" : "spark");
  picture.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "polyline");
  line.setAttribute("points", points.join(" "));
  picture.append(line);
  return picture;
}
