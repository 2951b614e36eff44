// Meeting mode: one slide at a time, by keys, buttons or a swipe; the card panel, the layer of changes, what is written kept.
// Without this script all slides stand one below another.
"use strict";

const meet = document.querySelector("[data-meeting]");
const slides = [...meet.querySelectorAll("[data-slide]")];
const live = meet.querySelector("[data-live]");
const panel = meet.querySelector("[data-panel]");
const panelBody = meet.querySelector("[data-panel-body]");
const alertLine = meet.querySelector("[data-alert]");
const list = meet.querySelector("[data-list]");
const SWIPE = 60;
const SLIDE = { width: 768, height: 432 };
const LARGE = { width: 1024, height: 560 };
let here = 0;

const asked = () => slides.findIndex((slide) => `#${slide.id}` === location.hash);

function show(number, { focus = true } = {}) {
  here = Math.min(Math.max(number, 0), slides.length - 1);
  slides.forEach((slide, index) => { slide.hidden = index !== here; });
  const slide = slides[here];
  history.replaceState(null, "", `#${slide.id}`);
  meet.querySelector("[data-where]").textContent = `${here + 1}/${slides.length}`;
  live.textContent = meet.dataset.said.replace("{number}", here + 1).replace("{name}", slide.dataset.slide);
  meet.querySelector("[data-do=back]").disabled = here === 0;
  meet.querySelector("[data-do=on]").disabled = here === slides.length - 1;
  if (focus) slide.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

// Up and down go from row to row of the slide.
function stepRow(by) {
  const rows = [...slides[here].querySelectorAll("a.rm-title")];
  if (!rows.length) return false;
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(at + by, 0), rows.length - 1)].focus();
  return true;
}

async function openPanel(url) {
  alertLine.textContent = "";
  if (!panel.open) panel.showModal();
  await htmx.ajax("GET", url, { target: panelBody, swap: "innerHTML" });
  bringDrafts(panelBody);
  panelBody.querySelector("[data-focus], h3")?.focus();
}

function openCard(link) {
  const item = link.closest("[data-item]")?.dataset.item;
  if (item) openPanel(meet.dataset.panelUrl.replace("/0/", `/${item}/`));
  return Boolean(item);
}

function switchChanges() {
  const button = meet.querySelector("[data-do=changes]");
  if (!button) return;
  button.setAttribute("aria-pressed", String(meet.classList.toggle("with-changes")));
}

// A browser may refuse the whole screen; the slides are then shown in the window as before.
async function fullScreen() {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch (error) {
    console.info(error);
  }
}

const doings = {
  back: () => show(here - 1),
  on: () => show(here + 1),
  first: () => show(0),
  last: () => show(slides.length - 1),
  list: () => list.showModal(),
  changes: switchChanges,
  full: fullScreen,
  outcome: () => {
    const button = meet.querySelector("[data-do=outcome]");
    const row = document.activeElement.closest?.("[data-item]");
    if (!button || (row && openCard(row))) return;
    openPanel(button.dataset.url);
  },
};

const steps = { ArrowRight: "on", PageDown: "on", " ": "on", ArrowLeft: "back", PageUp: "back", Home: "first", End: "last" };
const letters = { o: "list", m: "changes", p: "outcome", f: "full" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || panel.open || list.open) return;
  if (event.target.matches("input, textarea, select, [contenteditable]")) return;
  if (event.key === " " && event.target.closest("button, summary")) return;
  const letter = document.body.dataset.shortcuts === "on" ? letters[event.key.toLowerCase()] : undefined;
  const doing = steps[event.key] ?? letter;
  if (doing) doings[doing]();
  else if (!(event.key === "ArrowDown" && stepRow(1)) && !(event.key === "ArrowUp" && stepRow(-1))) return;
  event.preventDefault();
});

meet.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) return doings[button.dataset.do]();
  if (event.target.closest("[data-close]")) return event.target.closest("dialog").close();
  if (event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  const link = event.target.closest(".slide a.rm-title");
  if (link && openCard(link)) event.preventDefault();
  const outcomes = event.target.closest("[data-outcome-link]");
  if (outcomes) {
    event.preventDefault();
    openPanel(outcomes.href);
  }
  if (event.target.closest("[data-list] a")) list.close();
  const away = event.target.closest("a[data-returns]");
  if (away) away.search = new URLSearchParams({ next: thisMeeting() });
  // a press on the empty part of a slide goes on, as on any projector
  if (event.target.closest(".slide") && !event.target.closest("a, button, summary, input, label, form") && getSelection().isCollapsed) doings.on();
  return undefined;
});

let touched = null;
meet.addEventListener("touchstart", (event) => { touched = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
meet.addEventListener("touchend", (event) => {
  if (!touched || panel.open || list.open) return;
  const [end] = event.changedTouches;
  const [along, down] = [end.clientX - touched.clientX, end.clientY - touched.clientY];
  if (Math.abs(along) > SWIPE && Math.abs(along) > 2 * Math.abs(down)) doings[along < 0 ? "on" : "back"]();
});

// What is being written is kept in this tab until it has been saved: a session that ended loses nothing.
function bringDrafts(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) {
    const kept = JSON.parse(sessionStorage.getItem(form.dataset.draft) ?? "{}");
    for (const [name, value] of Object.entries(kept)) if (form.elements[name]) form.elements[name].value = value;
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (!form) return;
  const typed = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "csrf_token"));
  sessionStorage.setItem(form.dataset.draft, JSON.stringify(typed));
});

// What is done on another page comes back to this slide; which one it was is kept in this tab, for an address on the
// way through the server has no fragment.
const RETURN = "meeting-slide";

function thisMeeting() {
  sessionStorage.setItem(RETURN, location.hash);
  return location.pathname + location.search;
}

function firstSlide() {
  const kept = sessionStorage.getItem(RETURN);
  sessionStorage.removeItem(RETURN);
  if (kept && !location.hash) location.hash = kept;
  return Math.max(asked(), 0);
}

document.addEventListener("submit", (event) => {
  const next = event.target.elements.next;
  if (next) next.value = thisMeeting();
});

// An answer that says what to mend is put in place like any other; one that did not come leaves what was typed.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { status } = event.detail.xhr;
  if (status === 422 || status === 409) event.detail.shouldSwap = true;
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { requestConfig, successful, elt } = event.detail;
  if (requestConfig.verb === "post" && successful && elt.dataset.draft) sessionStorage.removeItem(elt.dataset.draft);
});
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, (event) => {
    if (![422, 409].includes(event.detail.xhr?.status)) alertLine.textContent = meet.dataset.failed;
  });
}
document.addEventListener("htmx:afterSettle", () => panelBody.querySelector("[role=alert], .undo-bar")?.scrollIntoView({ block: "nearest" }));

panel.addEventListener("close", () => { panelBody.replaceChildren(); });
window.addEventListener("hashchange", () => { if (asked() >= 0 && asked() !== here) show(asked()); });

// A slide and its bar are as large as the window lets them; in a small one they keep their size and scroll.
function fitWindow() {
  const { innerWidth, innerHeight } = window;
  const root = document.documentElement;
  root.classList.toggle("meeting-large", innerWidth >= LARGE.width && innerHeight >= LARGE.height);
  root.style.setProperty("--meet-zoom", String(Math.min(innerWidth / SLIDE.width, innerHeight / SLIDE.height)));
}

document.documentElement.classList.add("meeting-on");
fitWindow();
window.addEventListener("resize", fitWindow);
meet.querySelector("[data-bar]").hidden = false;
show(firstSlide(), { focus: false });
