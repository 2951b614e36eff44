// Moving an initiative in time beside the roadmap's grid: the panel, its key, and coming back to the row after saving.
// Without this script the links "Move" of the rows open the same as a page.
"use strict";

(() => {
  const panel = document.getElementById("move-panel");
  if (!panel) return;
  const KEY = "m";
  const KEPT = "rm-place";
  const HEARD = 400;
  const body = panel.querySelector("[data-move-body]");
  const says = panel.querySelector("[data-says]");
  const alertLine = panel.querySelector("[data-alert]");
  let opened = null;
  let loading = null;

  // htmx looks through the whole page as it loads, thousands of rows with it: it comes when the panel is first opened.
  function loadHtmx() {
    loading ??= new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = panel.dataset.htmx;
      script.onload = done;
      script.onerror = () => {
        loading = null;
        alertLine.textContent = alertLine.dataset.failed;
        fail(new Error("htmx did not come"));
      };
      document.head.append(script);
    });
    return loading;
  }

  // What is asked for last is shown; `back` gets the focus when the panel closes, and `closed` is called then.
  async function open(url, back, closed = () => {}) {
    opened = { back, closed };
    alertLine.textContent = says.textContent = "";
    body.replaceChildren();
    if (!panel.open) panel.showModal();
    try {
      await loadHtmx();
      await htmx.ajax("GET", url, { target: body, swap: "innerHTML show:none" });
    } catch {
      return;  // the alert says it, see below
    }
    if (alertLine.textContent || !panel.open) return;
    if (!body.querySelector("#move")) location.assign(url);
    htmx.process(body);  // the answer settles a moment after it is shown: whoever is quick stays in the panel all the same
    (body.querySelector("[data-check]") ?? body.querySelector("#move-title"))?.focus();
  }

  function rowOf(element) {
    return element?.closest?.("[data-row], .rm-list > li");
  }

  panel.addEventListener("close", () => {
    body.replaceChildren();
    opened?.closed();
    opened?.back?.focus({ preventScroll: true });
    opened = null;
  });
  panel.addEventListener("click", (event) => {
    const { left } = panel.getBoundingClientRect();
    if (event.target.closest("[data-close]") || (event.target === panel && event.clientX < left)) panel.close();
  });

  document.addEventListener("move-open", ({ detail }) => open(detail.url, detail.back, detail.closed));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.rm-move");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link.href, link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== KEY || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (panel.open || document.body.dataset.shortcuts !== "on") return;
    if (event.target.matches("input, textarea, select, [contenteditable]")) return;
    const link = rowOf(event.target)?.querySelector("a.rm-move");
    if (!link) return;
    event.preventDefault();
    open(link.href, event.target);
  });

  // An answer that says what to mend is put in place like any other; one that did not come leaves what was typed.
  panel.addEventListener("htmx:beforeSwap", (event) => {
    const { status } = event.detail.xhr;
    if (status === 422 || status === 409) event.detail.shouldSwap = true;
  });
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    panel.addEventListener(name, (event) => {
      if (![422, 409].includes(event.detail.xhr?.status)) alertLine.textContent = alertLine.dataset.failed;
    });
  }
  panel.addEventListener("htmx:beforeRequest", () => { alertLine.textContent = ""; });
  panel.addEventListener("htmx:afterSettle", () => {
    const check = body.querySelector("[data-check]");
    says.textContent = check ? check.innerText : "";
    if (!body.contains(document.activeElement)) (body.querySelector("[data-focus]") ?? check)?.focus();
  });

  // Saving and undoing load the page again: it comes back to this place and this row, and says what was done.
  document.addEventListener("submit", (event) => {
    const row = panel.contains(event.target) ? rowOf(opened?.back)?.querySelector(".rm-title")?.id : location.hash.slice(1);
    if (event.target.method !== "post" || !event.target.closest("[data-move-panel], .rm-undo")) return;
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, top: scrollY, row }));
    } catch {
      // a browser may keep nothing: then the page begins at the row
    }
  });

  function comeBack() {
    const kept = recall();
    if (kept?.path !== location.pathname) return;
    scrollTo({ top: kept.top, behavior: "instant" });
    const title = kept.row && document.getElementById(kept.row);
    title?.closest("details:not(.rm-marks)")?.setAttribute("open", "");
    title?.focus({ preventScroll: true });
    title?.scrollIntoView({ block: "nearest", behavior: "instant" });
    const row = rowOf(title);
    const said = [...document.querySelectorAll(".rm-undo .undo-bar span, .messages .notice"), title, row?.querySelector(".rm-track > span")];
    const told = said.filter(Boolean).map((one) => one.textContent.trim()).join(" ");
    setTimeout(() => { document.querySelector("[data-move-told]").textContent = told; }, HEARD);
  }

  function recall() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
      sessionStorage.removeItem(KEPT);
      return kept;
    } catch {
      return null;
    }
  }

  window.addEventListener("load", comeBack);
})();
