// The roadmap's own script: lanes that fold, arrow keys between rows, and the Plotly face. The grid is whole without it.
"use strict";

const NARROW = 600;
const AROUND = 40;

// A lane's title becomes a button that closes its rows, and with an outer lane those within it. Which lanes are closed
// is kept in this browser, a list for each municipality and grouping; without a script all lanes are open.
function foldingLanes(table) {
  const kept = `rm-closed/${table.dataset.roadmap}`;
  const closed = new Set(recall(kept));
  const lanes = [...table.querySelectorAll("[data-fold]")].map(foldButton);
  const show = () => {
    let outer = true;
    for (const { button, key, inner, first, more } of lanes) {
      const open = !closed.has(key);
      if (!inner) outer = open;
      button.setAttribute("aria-expanded", String(open));
      first.hidden = inner && !outer;
      first.classList.toggle("rm-shut", !open);
      for (const row of first.rows) if (!row.contains(button)) row.hidden = !open;
      for (const group of more) group.hidden = !open || first.hidden;
    }
    table.dispatchEvent(new CustomEvent("lanes-folded", { bubbles: true }));
  };
  const change = (keys, open) => {
    for (const key of keys) if (open) closed.delete(key); else closed.add(key);
    keep(kept, [...closed]);
    show();
  };
  for (const { button, key } of lanes) {
    button.addEventListener("click", () => change([key], closed.has(key)));
    button.addEventListener("keydown", (event) => {
      if (event.key === "ArrowLeft" || event.key === "ArrowRight") change([key], event.key === "ArrowRight");
    });
  }
  foldAll(table, (open) => change(lanes.map((lane) => lane.key), open));
  show();
}

function foldButton(title) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "rm-fold";
  const arrow = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  arrow.setAttribute("class", "icon");
  arrow.setAttribute("viewBox", "0 0 16 16");
  arrow.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M2.5 5h11L8 12z");
  arrow.append(path);
  button.append(arrow, title.textContent);
  const key = title.dataset.fold;
  const first = title.closest("tbody");
  const more = [];
  for (let next = first.nextElementSibling; next?.matches(".rm-more"); next = next.nextElementSibling) more.push(next);
  title.replaceWith(button);
  return { button, key, inner: first.classList.contains("rm-inner"), first, more };
}

function foldAll(table, change) {
  const bar = table.parentElement.previousElementSibling;
  if (!bar?.matches("[data-folding]")) return;
  bar.hidden = false;
  bar.querySelector("[data-fold-all]").addEventListener("click", () => change(false));
  bar.querySelector("[data-open-all]").addEventListener("click", () => change(true));
}

// A browser may keep nothing: then the page is as it came.
function recall(name) {
  try {
    const found = JSON.parse(localStorage.getItem(name) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

function keep(name, value) {
  try {
    if (value.length) localStorage.setItem(name, JSON.stringify(value));
    else localStorage.removeItem(name);
  } catch {
    // nothing is kept, and nothing else depends on it
  }
}

// Up and down go from title to title, Home and End to the first and the last.
function rowKeys(table) {
  const seen = () => [...table.querySelectorAll(".rm-title, .rm-fold")].filter((one) => !one.closest("[hidden]"));
  const moves = { ArrowDown: (i) => i + 1, ArrowUp: (i) => i - 1, Home: () => 0, End: (_, last) => last };
  table.addEventListener("keydown", (event) => {
    if (!(event.key in moves) || event.ctrlKey || event.metaKey || event.altKey) return;
    const stops = seen();
    const here = stops.indexOf(document.activeElement);
    if (here < 0) return;
    const next = stops[moves[event.key](here, stops.length - 1)];
    if (!next) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", behavior: "instant" });
  });
}

async function drawChart(place) {
  try {
    const answer = await fetch(place.dataset.chart, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`The chart's data answered ${answer.status}`);
    const figure = await answer.json();
    if (figure.locale.name !== "en") Plotly.register(figure.locale);
    place.querySelector("[data-chart-waits]").remove();
    if (place.clientWidth < NARROW) {
      figure.layout.margin.l = figure.narrow.left;
      figure.layout.yaxis.ticktext = figure.narrow.ticktext;
      figure.layout.annotations = figure.narrow.annotations;
    }
    await drawRows(place, figure);
    zoomButtons(place, figure.layout.xaxis.range);
    rowButtons(place);
    place.dataset.drawn = "";
  } catch (error) {
    place.querySelector("[data-chart-waits]")?.remove();
    place.querySelector("[data-chart-failed]").hidden = false;
    console.warn(error);
  }
}

// Plotly draws every row that it is given, in sight or not: of thousands it gets those in sight and some around them, and
// others when the picture has been moved. Around them are as many as one drag over the whole screen can bring into sight.
async function drawRows(place, { data, layout, config }) {
  let given = null;
  const give = async (draw) => {
    const [low, high] = rowsShown(place.layout ?? layout);
    if (given && low >= given[0] && high <= given[1]) return;
    const around = Math.max(AROUND, Math.ceil((screen.height * (high - low)) / layout.height));
    given = [low - around, high + around];
    await draw(place, data.map((trace) => rowsOf(trace, given)), place.layout ?? layout, config);
  };
  await give(Plotly.newPlot);
  place.on("plotly_relayout", () => give(Plotly.react));
}

function rowsShown(layout) {
  return [...layout.yaxis.range].sort((one, other) => one - other);
}

// What of a trace lies between two rows. A line is a run of points up to a gap, and may pass through rows where it has none.
function rowsOf(trace, [low, high]) {
  const wanted = [];
  let run = [];
  const take = () => {
    const places = run.map((i) => trace.y[i]).filter((one) => one !== null);
    if (Math.max(...places) >= low && Math.min(...places) <= high) wanted.push(...run);
    run = [];
  };
  const isLine = trace.mode?.includes("lines");
  for (const [i, one] of trace.y.entries()) {
    run.push(i);
    if (!isLine || one === null) take();
  }
  if (run.length) take();
  return wanted.length === trace.y.length ? trace : picked(trace, wanted, trace.y.length);
}

// Every list of a trace that has something for each of its points, wherever it stands, with some of them.
function picked(value, wanted, length) {
  if (Array.isArray(value)) return value.length === length ? wanted.map((i) => value[i]) : value;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, picked(part, wanted, length)]));
}

// What the wheel and dragging do, by buttons: nearer, farther, back to the time that the page shows.
function zoomButtons(place, usual) {
  const bar = document.querySelector("[data-zoom]");
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const by = event.target.closest("[data-zoom-by]")?.dataset.zoomBy;
    if (!by) return;
    Plotly.relayout(place, { "xaxis.range": by === "reset" ? usual : zoomed(place.layout.xaxis.range, Number(by)) });
  });
}

// What dragging does where more rows are drawn than are shown at once, by buttons: those before and those after.
function rowButtons(place) {
  const bar = document.querySelector("[data-turn]");
  const { fixedrange, tickvals } = place.layout.yaxis;
  if (fixedrange) return;
  bar.hidden = false;
  const words = bar.querySelector("[data-turned]");
  const tell = () => {
    const [low, high] = rowsShown(place.layout).map((edge) => Math.round(edge + 0.5));
    const told = { first: low + 1, last: high, total: tickvals.length };
    const written = (_, name) => told[name].toLocaleString(document.documentElement.lang);
    words.textContent = words.dataset.turned.replace(/{(\w+)}/g, written);
  };
  bar.addEventListener("click", (event) => {
    const by = event.target.closest("[data-turn-by]")?.dataset.turnBy;
    if (!by) return;
    const [low, high] = rowsShown(place.layout);
    const first = Math.min(Math.max(low + by * (high - low), -0.5), tickvals.length - 0.5 - (high - low));
    Plotly.relayout(place, { "yaxis.range": [first + high - low, first] });
  });
  place.on("plotly_relayout", tell);
  tell();
}

function zoomed(range, by) {
  const [first, last] = range.map((moment) => new Date(moment).getTime());
  const middle = (first + last) / 2;
  const half = ((last - first) / 2) * by;
  return [middle - half, middle + half].map((moment) => new Date(moment).toISOString().slice(0, 10));
}

for (const table of document.querySelectorAll("[data-roadmap]")) {
  foldingLanes(table);
  rowKeys(table);
}
for (const place of document.querySelectorAll("[data-chart]")) drawChart(place);
