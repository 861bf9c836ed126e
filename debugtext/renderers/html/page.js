// The page: verdict, findings, what grew, then each text that was read.

function findingCard(finding) {
  const where = finding.function || finding.where
    ? make("div", { class: "line" }, make("b", {}, "Where"), functionAndPlace(finding.function || finding.where,
      finding.function ? finding.where : "")) : null;
  const why = finding.why.length || finding.reasons.length
    ? make("div", { class: "line" }, make("b", {}, "Why"), make("div", {},
      finding.why.length ? make("ul", { class: "why" }, finding.why.map((fact) => make("li", {}, fact))) : null,
      finding.reasons.length ? make("ul", { class: "reasons" }, finding.reasons.map((reason) => make("li", {}, reason))) : null)) : null;
  const info = finding.info.length
    ? make("div", { class: "line" }, make("b", {}, "Info"), make("ul", { class: "why" },
      finding.info.map((fact) => make("li", {}, fact)))) : null;
  const advice = finding.advice
    ? make("div", { class: "line" }, make("b", {}, "Do"), make("p", {}, finding.advice)) : null;
  return make("article", { class: `finding ${finding.severity} ${finding.certainty}` },
    make("header", {}, make("span", { class: "badge" }, finding.badge),
      make("span", { class: "rule" }, `${finding.rule} ${finding.name}${finding.known ? " · known: it is in the baseline" : ""}`)),
    make("h3", {}, breakable(finding.title)),
    where, why, finding.chain.length ? waitsFor(finding.chain) : null, info, advice,
    finding.stack.length ? make("details", {}, make("summary", {}, "The stack"), stackList(finding.stack)) : null,
    finding.input ? make("p", { class: "source" }, `In ${finding.input}, line ${finding.line}`) : null);
}

// Who waits for whom: each line of a chain hangs on the one before it.
function waitsFor(chain) {
  return make("div", { class: "line" }, make("b", {}, "Waits"), make("ol", { class: "waits" },
    chain.map((words, index) => make("li", { class: `step${Math.min(index, 6)}` }, breakable(words.trim())))));
}

function groupsOf(groups) {
  const withState = groups.rows.some((row) => row.state), withWait = groups.rows.some((row) => row.wait);
  const columns = [
    { title: "count", kind: "number", value: (row) => row.count, show: (row) => [inWords(row.count, ""), make("small", {}, shareInWords(row.count, groups.total))] },
    withState && { title: "state", kind: "text", value: (row) => row.state, show: (row) => row.state },
    withWait && { title: "wait", kind: "number", value: (row) => row.wait, show: (row) => row.waits },
    { title: "where", kind: "text", main: true, value: (row) => row.where[0], show: (row) => make("details", {
      toggle: (event) => { const box = event.target; if (box.open && box.children.length < 2) box.append(stackList(groups.stacks[row.stack])); } },
    make("summary", {}, functionAndPlace(...row.where)), ) },
    groups.rows.some((row) => row.creator) && { title: "created by", kind: "text", value: (row) => row.creator, show: (row) => (row.creator ? make("code", {}, breakable(row.creator)) : "") },
    groups.rows.some((row) => row.labels.length) && { title: "labels", kind: "text", value: (row) => row.labels.join(), show: (row) => row.labels.map((label) => make("span", { class: "label" }, label)) },
  ].filter(Boolean);
  const more = groups.more.length ? `${inWords(groups.more[0], "")} more groups with ${inWords(groups.more[1], "")} goroutines are not on this page.` : "";
  return sortableTable("Goroutines by stack and state", columns, groups.rows, more);
}

function creatorsOf(rows) {
  const lists = [make("ul", { class: "creators" })];
  const items = rows.map(([, own, total, name, started]) => {
    const words = name ? [make("code", {}, breakable(name)), started ? make("span", { class: "place" }, "started by ", breakable(started)) : null]
      : [make("span", { class: "place" }, / more functions?$/.test(started) ? started : ["started by ", make("code", {}, breakable(started)), ", whose goroutine has ended or is not told"])];
    const here = own && own < total ? make("small", { class: "here" }, `${inWords(own, "")} here, the others below`) : null;
    return { line: [make("span", { class: "number" }, inWords(total, "")), ...words, here], below: [] };
  });
  rows.forEach(([parent], index) => { if (parent >= 0) items[parent].below.push(index); });
  function item(index, level) {
    const { line, below } = items[index];
    if (!below.length) return make("li", {}, make("div", { class: "leaf" }, line));
    return make("li", {}, make("details", { open: level < 3 && below.length < 30 }, make("summary", {}, line),
      make("ul", {}, below.map((one) => item(one, level + 1)))));
  }
  lists[0].append(...rows.flatMap(([parent], index) => (parent < 0 ? [item(index, 0)] : [])));
  return lists[0];
}

function topOf(table) {
  const number = (position) => ({ kind: "number", value: (row) => Math.abs(row[position]),
    show: (row) => [inWords(row[position], table.unit), make("small", {}, shareInWords(row[position], table.total))] });
  const columns = [{ title: "itself", ...number(0) }, { title: "with all it calls", ...number(1) },
    { title: "function", kind: "text", main: true, value: (row) => row[2], show: (row) => make("code", { class: row[3] }, breakable(row[2])) }];
  return sortableTable(table.name, columns, table.rows, table.more ? `${inWords(table.more, "")} more functions are not on this page.` : "");
}

function changesOf(table) {
  const withState = table.rows.some((row) => row[4]);
  const columns = [
    { title: "growth", kind: "number", value: (row) => row[0], show: (row) => make("span", { class: row[0] > 0 ? "up" : "down" }, signed(row[0], table.unit)) },
    { title: "before", kind: "number", value: (row) => row[1], show: (row) => (row[3] === "new" ? "new" : inWords(row[1], table.unit)) },
    { title: "after", kind: "number", value: (row) => row[2], show: (row) => (row[3] === "gone" ? "gone" : inWords(row[2], table.unit)) },
    withState && { title: "state", kind: "text", value: (row) => row[4], show: (row) => row[4] },
    { title: "where", kind: "text", main: true, value: (row) => row[5], show: (row) => functionAndPlace(row[5], row[6]) },
  ].filter(Boolean);
  const heading = `${table.name}: ${inWords(table.before, table.unit)} → ${inWords(table.after, table.unit)} (${signed(table.after - table.before, table.unit)})`;
  const more = table.more ? `${inWords(table.more, "")} more stacks changed; they are not on this page.` : "";
  const content = table.rows.length ? sortableTable(heading, columns, table.rows, more) : make("p", {}, "No stack changed.");
  return table.secondary ? [make("details", { class: "top" }, make("summary", {}, heading), content)] : [make("h3", {}, heading), content];
}

function trendsOf(table) {
  const columns = [
    { title: "trend", kind: "text", value: (row) => row.shape, show: (row) => [sparkline(row.values, row.grew), make("small", {}, row.shape)] },
    [...table.totals, ...table.rows].some((row) => row.grew) && { title: "growth", kind: "number", value: (row) => (row.grew ? row.rate : 0), show: (row) => (row.grew ? `${signed(row.rate, row.unit)} ${row.per}` : "") },
    [...table.totals, ...table.rows].some((row) => row.share) && { title: "share", kind: "number", value: (row) => (row.grew ? row.share : 0), show: (row) => (row.grew ? shareInWords(row.share, 1) : "") },
    { title: "now", kind: "number", value: (row) => row.values[row.values.length - 1], show: (row) => inWords(row.values[row.values.length - 1], row.unit) },
    { title: "where", kind: "text", main: true, value: (row) => row.where[0], show: (row) => (row.named ? make("b", {}, row.where[0]) : functionAndPlace(...row.where)) },
  ].filter(Boolean);
  const name = table.source ? `${table.name} of ${table.source}` : table.name;
  const more = table.more ? `${inWords(table.more, "")} more stacks are not on this page.` : "";
  const content = sortableTable(name, columns, [...table.totals, ...table.rows], more);
  return table.secondary ? [make("details", { class: "top" }, make("summary", {}, name), content)] : [make("h3", {}, name), content];
}

function textSection(text, several) {
  const heading = several ? `${text.input}: ${text.kind}` : text.kind[0].toUpperCase() + text.kind.slice(1);
  const facts = [...(text.facts || []), text.lines, text.truncated ? "cut off" : ""].filter(Boolean).join(" · ");
  return make("section", {}, make("h2", {}, heading), make("p", { class: "facts" }, facts),
    text.message ? make("pre", { class: "notice" }, text.message.join("\n")) : null,
    text.note ? make("p", { class: "notice" }, text.note) : null,
    text.memstats ? make("dl", { class: "memstats" }, text.memstats.flatMap(([label, words]) => [make("dt", {}, label), make("dd", {}, words.join(" · "))])) : null,
    text.flame ? [make("h3", {}, "Flame graph"), flameGraph(text.flame)] : null,
    text.groups ? [make("h3", {}, "Goroutines by stack"), groupsOf(text.groups)] : null,
    text.creators ? [make("h3", {}, "Who started them"), creatorsOf(text.creators)] : null,
    text.tops ? text.tops.flatMap((table, index) => index ? [make("details", { class: "top" }, make("summary", {}, `Functions by ${table.name}`), topOf(table))]
      : [make("h3", {}, `Functions by ${table.name}`), topOf(table)]) : null,
    text.flame || text.groups || text.tops || text.kind === "MemStats" ? null
      : make("p", { class: "notice" }, "It holds no stacks: there is nothing to draw."));
}

function show(data) {
  document.title = `${data.verdict.word} · ${data.title}`;
  const page = document.getElementById("page");
  const { verdict, findings } = data;
  page.append(
    make("header", { class: `verdict ${verdict.mood}` }, make("p", { class: "title" }, data.title), make("h1", {}, verdict.word), make("p", {}, verdict.text)));
  if (findings.length) page.append(make("section", {}, make("h2", {}, "Findings"), findings.map(findingCard),
    data.moreFindings ? make("p", { class: "more" }, `${inWords(data.moreFindings, "")} more findings are not on this page.`) : null));
  if (data.ignored || data.gone.length) page.append(make("p", { class: "more" }, [
    data.ignored ? `${inWords(data.ignored, "")} ${data.ignored === 1 ? "finding is" : "findings are"} ignored by the configuration.` : "",
    data.gone.length ? `Gone since the baseline: ${data.gone.join("; ")}.` : ""].filter(Boolean).join(" ")));
  if (data.locks.length) page.append(make("section", {}, make("h2", {}, "Who waits for whom"), locksOf(data.locks),
    data.moreLocks ? make("p", { class: "more" }, `${inWords(data.moreLocks, "")} more locks are not on this page.`) : null));
  if (data.trends.length) page.append(make("section", {}, make("h2", {}, data.trends.some((table) => [...table.totals, ...table.rows].some((row) => row.grew)) ? "What grows" : "Over time: nothing grows"), data.trends.flatMap(trendsOf)));
  if (data.changes.length) page.append(make("section", {}, make("h2", {}, "What changed"), data.changes.flatMap(changesOf)));
  page.append(...data.forecasts.map((words) => make("p", { class: "more" }, words)));
  page.append(...data.texts.map((text) => textSection(text, data.texts.length > 1)));
  if (data.moreTexts) page.append(make("p", { class: "more" }, `${inWords(data.moreTexts, "")} more texts are not on this page.`));
  if (data.problems.length) page.append(make("section", {}, make("h2", {}, "What could not be read"), make("ul", { class: "problems" }, data.problems.map((line) => make("li", {}, line)))));
  window.addEventListener("beforeprint", () => page.querySelectorAll(".finding details").forEach((one) => { one.open = true; }));
  page.append(make("footer", {}, "Made by debugtext. This page loads nothing and sends nothing."));
}

show(JSON.parse(document.getElementById("data").textContent));
keepPlace();
