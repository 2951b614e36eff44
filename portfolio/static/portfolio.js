// What scripts add to pages that work without them. Each part is small, finds its elements by data attributes, and does nothing when there are none.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const isField = (element) => element.matches("input, textarea, select, [contenteditable]");
const isSeen = (element) => element.checkVisibility();

// "/" goes to the search, unless the person types or has switched single-key shortcuts off (WCAG 2.1.4).
function searchShortcut() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.body.dataset.shortcuts !== "on" || isField(event.target)) return;
    const field = all("[data-search]").find(isSeen) ?? openSearchInMenu();
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

function openSearchInMenu() {
  const burger = all(".burger").find(isSeen);
  if (burger) burger.open = true;
  return burger?.querySelector("[data-search]");
}

// A panel that would leave the page at the right is hung from the other edge of its button.
function stayInPage(menu) {
  const panel = menu.querySelector(".menu-panel");
  if (!menu.open || !panel || menu.classList.contains("right")) return;
  if (panel.getBoundingClientRect().right > document.documentElement.clientWidth) menu.classList.add("right");
}

// Esc closes the open menu and gives the focus back; a press outside closes it, and opening one closes the others.
function menus() {
  const open = () => all("details.menu[open]");
  for (const menu of all("details.menu")) menu.addEventListener("toggle", () => stayInPage(menu));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("focusin", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
}

// Leaving a form with unsaved text asks. A form that came back with errors holds unsaved text from the start.
function unsavedText() {
  for (const form of all("form[data-guard]")) {
    const typed = () => new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, value.name ?? value])).toString();
    const start = typed();
    const cameBack = form.querySelector("[aria-invalid='true']") !== null;
    let saving = false;
    form.addEventListener("submit", () => { saving = true; });
    window.addEventListener("pageshow", () => { saving = false; });
    window.addEventListener("beforeunload", (event) => {
      if (!saving && (cameBack || typed() !== start)) event.preventDefault();
    });
  }
}

// A time in words says back what was understood of it, also in a field that came to the page later.
function timePreviews() {
  const waiting = new WeakMap();
  const ask = async (field, output, { signal }) => {
    const words = field.value.trim();
    if (!words) return tell(output, "", true);
    const url = new URL(field.dataset.previewUrl, location.href);
    url.searchParams.set("words", words);
    try {
      const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return tell(output, "", true);
      const understood = await answer.json();
      tell(output, understood.words, understood.certain);
    } catch (error) {
      if (error.name !== "AbortError") tell(output, "", true);
    }
  };
  document.addEventListener("input", ({ target }) => {
    const output = target.matches("[data-preview-url]") && document.querySelector(`[data-understood="${target.id}"]`);
    if (!output) return;
    const before = waiting.get(target);
    clearTimeout(before?.timer);
    before?.request.abort();
    const request = new AbortController();
    waiting.set(target, { request, timer: setTimeout(ask, 350, target, output, request) });
  });
}

function tell(output, words, certain) {
  output.textContent = words;
  output.classList.toggle("unsure", !certain);
}

// Choose all rows of a table at once, and say how many are chosen.
function choosing() {
  const boxes = () => all("[data-choose]");
  if (!boxes().length) return;
  const leaders = all("[data-choose-all]");
  const outputs = all("[data-choose-count]");
  const count = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    for (const leader of leaders) {
      leader.checked = chosen > 0 && chosen === boxes().length;
      leader.indeterminate = chosen > 0 && !leader.checked;
    }
    for (const output of outputs) output.textContent = chosenWords(output.dataset, chosen);
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-choose-all]")) for (const box of boxes()) box.checked = event.target.checked;
    if (event.target.matches("[data-choose], [data-choose-all]")) count();
  });
  window.addEventListener("pageshow", count);
}

function chosenWords(words, chosen) {
  if (chosen === 0) return words.none;
  return chosen === 1 ? words.one : words.many.replace("#", chosen);
}

// A table wider than its place scrolls in a region that the keyboard reaches; else its head may stick to the window.
function wideTables() {
  const measure = (wrap) => {
    const wide = wrap.firstElementChild.offsetWidth > wrap.clientWidth;
    wrap.classList.toggle("scrolls", wide);
    if (wide) Object.entries({ tabindex: "0", role: "region", "aria-label": wrap.dataset.scrolls }).forEach((pair) => wrap.setAttribute(...pair));
    else ["tabindex", "role", "aria-label"].forEach((name) => wrap.removeAttribute(name));
  };
  const observer = new ResizeObserver((entries) => entries.forEach((entry) => measure(entry.target)));
  for (const wrap of all("[data-scrolls]")) observer.observe(wrap);
}

// After a refused form the first thing heard is what to mend.
function errorFocus() {
  document.querySelector("[data-focus]")?.focus();
}

// "Print" buttons exist only where scripts run.
function printing() {
  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

for (const part of [searchShortcut, menus, unsavedText, timePreviews, choosing, wideTables, errorFocus, printing]) part();
