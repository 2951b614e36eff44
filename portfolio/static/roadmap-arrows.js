// Draws the dependencies of the roadmap's grid over its rows: only a browser knows how high these are. The rows say the
// same in words, so that nothing is lost without a script, in print or to assistive technology.
"use strict";

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const MANY = 300;
  const STUB = 8;
  const TIP = 5;
  const MIDDLE = 24;
  const BETWEEN = 21;

  function makeArrows(picture) {
    const wrap = picture.parentElement;
    const table = wrap.querySelector("table");
    const lines = wrap.querySelector(".rm-lines");
    const arrows = JSON.parse(picture.dataset.arrows).map(([before, after, from, to, broken]) => ({
      before: String(before), after: String(after), from, to, broken: Boolean(broken),
    }));
    const rows = new Map([...table.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
    let focus = null;
    let waiting = 0;

    // Reads all places first and draws after, so that the page is laid out once.
    function draw() {
      waiting = 0;
      const wanted = arrows.length > MANY ? arrows.filter(isFocused) : arrows;
      if (!wanted.length) return picture.replaceChildren();
      const places = placesNow(wanted);
      const drawn = wanted.map((arrow) => ({ arrow, way: wayOf(arrow, places) })).filter((one) => one.way);
      const clear = clearing(drawn.length ? labelBoxes(places) : []);
      picture.setAttribute("width", String(table.offsetWidth));
      picture.setAttribute("height", String(table.offsetHeight));
      picture.replaceChildren(clear, ...drawn.map(({ arrow, way }) => groupOf(arrow, way)));
      picture.classList.toggle("some", drawn.some(({ arrow }) => isFocused(arrow)));
      return undefined;
    }

    function isFocused(arrow) {
      return focus !== null && (arrow.before === focus || arrow.after === focus);
    }

    // Where tracks lie and, of groups of rows that the browser has laid out, each row; asking the others would lay them out.
    function placesNow(wanted) {
      const origin = wrap.getBoundingClientRect();
      const { left, width } = lines.getBoundingClientRect();
      const tops = new Map();
      for (const id of new Set(wanted.flatMap(({ before, after }) => [before, after]))) {
        const row = rows.get(id);
        if (row && !row.closest("[hidden]")) tops.set(id, topOf(row) - origin.top);
      }
      return { origin, left: left - origin.left, width, tops };
    }

    function isLaidOut(row) {
      return row.checkVisibility({ contentVisibilityAuto: true });
    }

    // A row out of sight is taken to lie evenly among those of its group.
    function topOf(row) {
      if (isLaidOut(row)) return row.getBoundingClientRect().top;
      const group = row.parentElement;
      const { top, height } = group.getBoundingClientRect();
      return top + (height * [...group.rows].indexOf(row)) / group.rows.length;
    }

    // From the end of one bar to the beginning of another; where that lies earlier the line goes back between rows.
    function wayOf(arrow, { left, width, tops }) {
      if (!width || !tops.has(arrow.before) || !tops.has(arrow.after)) return null;
      const [from, to] = [arrow.before, arrow.after].map((id) => tops.get(id) + MIDDLE);
      const start = left + (width * arrow.from) / 100;
      const end = left + (width * arrow.to) / 100;
      const out = Math.min(start + STUB, left + width);
      const back = end - STUB < out;
      const between = to - Math.sign(to - from) * BETWEEN;
      const line = back
        ? `M${start} ${from}H${out}V${between}H${end - STUB}V${to}H${end - TIP}`
        : `M${start} ${from}H${out}V${to}H${end - TIP}`;
      return { line, tip: `M${end} ${to}l-${TIP}-${TIP}v${2 * TIP}z` };
    }

    function labelBoxes({ origin }) {
      const groups = [...table.tBodies].filter((group) => group.rows.length && isLaidOut(group.rows[0]));
      const boxes = groups.flatMap((group) => [...group.querySelectorAll(".rm-label")].map((label) => label.getBoundingClientRect()));
      return boxes.filter((box) => box.width).map((box) => [box.left - origin.left, box.top - origin.top, box.width, box.height]);
    }

    // Lines have gaps where the words of bars and milestones stand.
    function clearing(boxes) {
      const mask = document.createElementNS(SVG, "mask");
      mask.id = "rm-clear";
      mask.setAttribute("maskUnits", "userSpaceOnUse");
      const whole = [0, 0, table.offsetWidth, table.offsetHeight];
      for (const [number, box] of [whole, ...boxes].entries()) {
        const rect = document.createElementNS(SVG, "rect");
        ["x", "y", "width", "height"].forEach((name, place) => rect.setAttribute(name, String(box[place])));
        rect.setAttribute("fill", number ? "#000" : "#fff");
        mask.append(rect);
      }
      return mask;
    }

    function groupOf(arrow, way) {
      const group = document.createElementNS(SVG, "g");
      if (isFocused(arrow)) group.classList.add("on");
      const kind = arrow.broken ? " broken" : "";
      for (const [name, line] of [["rm-link", way.line], ["rm-tip", way.tip]]) {
        const path = document.createElementNS(SVG, "path");
        path.setAttribute("class", name + kind);
        path.setAttribute("d", line);
        if (name === "rm-link") path.setAttribute("mask", "url(#rm-clear)");
        group.append(path);
      }
      return group;
    }

    function redraw() {
      waiting ||= requestAnimationFrame(draw);
    }

    function attend(target) {
      const row = target?.closest?.("[data-row]")?.dataset.row ?? null;
      if (row === focus) return;
      focus = row;
      redraw();
    }

    table.addEventListener("pointerover", (event) => attend(event.target));
    table.addEventListener("pointerleave", () => attend(document.activeElement));
    table.addEventListener("focusin", (event) => attend(event.target));
    table.addEventListener("focusout", (event) => attend(event.relatedTarget));
    table.addEventListener("lanes-folded", redraw);
    table.addEventListener("contentvisibilityautostatechange", redraw, { capture: true });
    new ResizeObserver(redraw).observe(table);
    document.fonts?.ready.then(redraw);
  }

  for (const picture of document.querySelectorAll("[data-arrows]")) makeArrows(picture);
})();
