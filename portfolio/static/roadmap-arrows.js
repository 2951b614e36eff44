// Draws the dependencies of the roadmap's grid over its rows: only a browser knows how high these are. The rows say the
// same in words, so that nothing is lost without a script, in print or to assistive technology.
"use strict";

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const MANY = 300;
  const MANY_LABELS = 1000;
  const STUB = 8;
  const TIP = 5;
  const MIDDLE = 23;
  const BETWEEN = 15;

  function makeArrows(picture) {
    const wrap = picture.parentElement;
    const table = wrap.querySelector("table");
    const arrows = JSON.parse(picture.dataset.arrows).map(([before, after, from, to, broken]) => ({
      before: String(before), after: String(after), from, to, broken: Boolean(broken),
    }));
    const rows = new Map([...table.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
    let focus = null;
    let waiting = 0;

    // Reads all places first and draws after, so that the page is laid out once.
    function draw() {
      waiting = 0;
      const origin = wrap.getBoundingClientRect();
      const wanted = arrows.length > MANY ? arrows.filter(isFocused) : arrows;
      const drawn = wanted.map((arrow) => ({ arrow, way: wayOf(arrow, origin) })).filter((one) => one.way);
      picture.setAttribute("width", String(table.offsetWidth));
      picture.setAttribute("height", String(table.offsetHeight));
      const clear = clearing(drawn.length ? labelBoxes(origin) : []);
      picture.replaceChildren(clear, ...drawn.map(({ arrow, way }) => groupOf(arrow, way)));
      picture.classList.toggle("some", drawn.some(({ arrow }) => isFocused(arrow)));
    }

    function isFocused(arrow) {
      return focus !== null && (arrow.before === focus || arrow.after === focus);
    }

    function trackOf(id, origin) {
      const row = rows.get(id);
      const track = row && !row.hidden && row.querySelector(".rm-svg");
      const box = track && track.getBoundingClientRect();
      if (!box || !box.height) return null;
      return { left: box.left - origin.left, width: box.width, y: box.top - origin.top + MIDDLE };
    }

    // From the end of one bar to the beginning of another; where that lies earlier the line goes back between rows.
    function wayOf(arrow, origin) {
      const before = trackOf(arrow.before, origin);
      const after = trackOf(arrow.after, origin);
      if (!before || !after) return null;
      const start = before.left + (before.width * arrow.from) / 100;
      const end = after.left + (after.width * arrow.to) / 100;
      const out = Math.min(start + STUB, before.left + before.width);
      const back = end - STUB < out;
      const between = after.y - Math.sign(after.y - before.y) * BETWEEN;
      const line = back
        ? `M${start} ${before.y}H${out}V${between}H${end - STUB}V${after.y}H${end - TIP}`
        : `M${start} ${before.y}H${out}V${after.y}H${end - TIP}`;
      return { line, tip: `M${end} ${after.y}l-${TIP}-${TIP}v${2 * TIP}z` };
    }

    function labelBoxes(origin) {
      const labels = table.querySelectorAll(".rm-label");
      if (labels.length > MANY_LABELS) return [];
      const boxes = [...labels].map((label) => label.getBoundingClientRect()).filter((box) => box.width);
      return boxes.map((box) => [box.left - origin.left, box.top - origin.top, box.width, box.height]);
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
    new ResizeObserver(redraw).observe(table);
    document.fonts?.ready.then(redraw);
  }

  for (const picture of document.querySelectorAll("[data-arrows]")) makeArrows(picture);
})();
