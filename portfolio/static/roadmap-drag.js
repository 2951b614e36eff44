// Dragging a bar of the roadmap's grid, or one end of it, by whole units of its time. Nothing is saved by dragging: what is
// dropped is shown in the panel (roadmap-move.js), where it is saved or let go. By touch and keyboard the panel is the way.
"use strict";

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const DAYS = { d: 1, w: 7, m: 30.4369, q: 91.3106, h: 182.6211, y: 365.2425, t: 1461 };
  const STEPS = { d: "day", w: "week", m: "month", q: "quarter", h: "half", y: "year", t: "term" };
  const LEAST = 8;
  const EDGE = 8;
  const BEGUN = 4;
  const PAUSE = 80;
  const BACK = 220;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  function makeDraggable(table) {
    const days = Number(table.dataset.days);
    let drag = null;
    let pointed = null;

    // What lies under the pointer: the row's bar, which part of it, and by which units that may be moved.
    function grab(event) {
      const track = event.target.closest(".rm-track");
      const link = track?.closest("[data-row]")?.querySelector("a.rm-move");
      const bar = link && track.querySelector(".rm-bar");
      if (!bar) return null;
      const place = placeOf(bar, track);
      const x = event.clientX - place.left;
      if (x < place.x - EDGE / 2 || x > place.x + place.width + EDGE / 2) return null;
      const [both, start, end] = link.dataset.steps.split(" ").map((letters) => letters.replace("-", ""));
      const edge = Math.min(EDGE, place.width / 4);
      const found = { track, link, bar, place, ends: "both", letters: both, edges: { start: start && !place.cutStart, end: end && !place.cutEnd } };
      if (found.edges.start && x < place.x + edge) return { ...found, ends: "start", letters: start };
      if (found.edges.end && x > place.x + place.width - edge) return { ...found, ends: "end", letters: end };
      return both ? found : null;
    }

    // In pixels of the track; what the window cuts off is not there.
    function placeOf(bar, track) {
      const whole = track.querySelector(".rm-svg").getBoundingClientRect();
      const box = bar.getBoundingClientRect();
      const [from, to] = [box.left - whole.left, box.right - whole.left];
      const x = Math.max(from, 0);
      const width = Math.min(to, whole.width) - x;
      return { left: whole.left, full: whole.width, x, width, cutStart: from < -1, cutEnd: to > whole.width + 1 };
    }

    // The finest unit that the hand can hit, of those by which the time may be moved.
    function unitOf(letters, full) {
      const wide = [...letters].find((one) => DAYS[one] * (full / days) >= LEAST);
      return wide ?? letters.at(-1);
    }

    function begin(event) {
      if (event.pointerType === "touch" || event.button || event.target.closest("a, summary, button")) return;
      const found = grab(event);
      if (!found) return;
      event.preventDefault();
      const unit = unitOf(found.letters, found.place.full);
      drag = { ...found, unit, width: DAYS[unit] * (found.place.full / days), from: event.clientX, count: 0, known: new Map(), id: event.pointerId };
      table.setPointerCapture(event.pointerId);
    }

    function move(event) {
      if (!drag) return point(event);
      if (!drag.draft && Math.abs(event.clientX - drag.from) < BEGUN) return undefined;
      if (!drag.draft) draw(drag);
      drag.label.style.left = `${Math.min(Math.max(event.clientX, 8), innerWidth - 8)}px`;
      drag.label.style.top = `${event.clientY}px`;
      const count = Math.round((event.clientX - drag.from) / drag.width);
      if (count === drag.count) return undefined;
      drag.count = count;
      place(drag);
      return tell(drag);
    }

    function draw(it) {
      document.body.classList.add("rm-dragging");
      dismiss();
      it.track.classList.add("is-moved");
      it.draft = document.createElementNS(SVG, "rect");
      for (const name of ["y", "height", "rx"]) it.draft.setAttribute(name, it.bar.getAttribute(name));
      it.draft.setAttribute("class", "rm-draft");
      it.track.querySelector(".rm-svg").append(it.draft);
      it.label = document.createElement("div");
      it.label.className = "rm-says";
      it.label.setAttribute("aria-hidden", "true");
      document.body.append(it.label);
      place(it);
      tell(it);
    }

    function place(it) {
      const by = it.count * it.width;
      const x = it.place.x + (it.ends === "end" ? 0 : by);
      const width = it.place.width + (it.ends === "both" ? 0 : it.ends === "end" ? by : -by);
      const share = (pixels) => `${(100 * pixels) / it.place.full}%`;
      it.draft.setAttribute("x", share(width > 0 ? x : x + width));
      it.draft.setAttribute("width", share(Math.max(Math.abs(width), 2)));
    }

    // The server says the time in words; what it has said of a place once is remembered while the hand goes to and fro.
    function tell(it) {
      clearTimeout(it.waiting);
      it.asked?.abort();
      const known = it.known.get(it.count);
      if (known) return write(it, known);
      it.label.classList.add("waits");
      it.waiting = setTimeout(() => ask(it, it.count), PAUSE);
      return undefined;
    }

    async function ask(it, count) {
      it.asked = new AbortController();
      const url = addressOf(it, count);
      url.pathname += "/preview";
      url.searchParams.delete("next");
      try {
        const answer = await fetch(url, { signal: it.asked.signal, headers: { Accept: "application/json" } });
        if (!answer.ok) return;
        it.known.set(count, await answer.json());
        if (it.count === count) write(it, it.known.get(count));
      } catch (error) {
        if (error.name !== "AbortError") console.info(error);
      }
    }

    function write(it, said) {
      it.label.classList.remove("waits");
      it.label.classList.toggle("bad", Boolean(said.problem));
      it.label.textContent = said.problem ?? said.words;
    }

    function addressOf(it, count) {
      const url = new URL(it.link.href);
      for (const [name, value] of [["count", count], ["step", STEPS[it.unit]], ["ends", it.ends]]) url.searchParams.set(name, value);
      return url;
    }

    function stop() {
      const it = drag;
      drag = null;
      if (!it) return null;
      if (table.hasPointerCapture(it.id)) table.releasePointerCapture(it.id);
      clearTimeout(it.waiting);
      it.asked?.abort();
      it.label?.remove();
      document.body.classList.remove("rm-dragging");
      return it.draft ? it : null;
    }

    // The drawn place goes back to where the time still is.
    function springBack(it) {
      const gone = () => { it.draft.remove(); it.track.classList.remove("is-moved"); };
      if (still.matches) return gone();
      it.draft.classList.add("goes-back");
      it.count = 0;
      place(it);
      return setTimeout(gone, BACK);
    }

    function drop() {
      const it = stop();
      if (!it) return;
      if (it.count === 0) return springBack(it);
      const title = it.track.closest("[data-row]").querySelector(".rm-title");
      const detail = { url: addressOf(it, it.count).href, back: title, closed: () => springBack(it) };
      document.dispatchEvent(new CustomEvent("move-open", { detail }));
    }

    function cancel() {
      const it = stop();
      if (it) springBack(it);
    }

    // Grips stand at the ends that may be moved alone, of the bar that is pointed at.
    function point(event) {
      const found = event.pointerType === "touch" ? null : grab(event);
      if (found?.track !== pointed?.track) {
        dismiss();
        if (found) pointed = { track: found.track, grips: gripsOf(found) };
      }
      table.dataset.grab = found?.ends ?? "";
    }

    function gripsOf({ track, bar, place: { x, width }, edges }) {
      const [y, height] = ["y", "height"].map((name) => Number(bar.getAttribute(name)));
      return [edges.start && x + 3, edges.end && x + width - 5].filter((at) => at !== false && at !== "").map((at) => {
        const grip = document.createElementNS(SVG, "rect");
        for (const [name, value] of Object.entries({ class: "rm-grip", x: at, y: y + 4, width: 2, height: height - 8, rx: 1 })) grip.setAttribute(name, String(value));
        track.querySelector(".rm-svg").append(grip);
        return grip;
      });
    }

    function dismiss() {
      for (const grip of pointed?.grips ?? []) grip.remove();
      pointed = null;
      delete table.dataset.grab;
    }

    table.addEventListener("pointerdown", begin);
    table.addEventListener("pointermove", move);
    table.addEventListener("pointerup", drop);
    table.addEventListener("pointercancel", cancel);
    table.addEventListener("pointerleave", () => { if (!drag) dismiss(); });
    document.addEventListener("keydown", (event) => {
      if (!drag || event.key !== "Escape") return;
      event.preventDefault();
      cancel();
    });
  }

  if (document.getElementById("move-panel")) {
    for (const table of document.querySelectorAll("[data-roadmap][data-days]")) makeDraggable(table);
  }
})();
