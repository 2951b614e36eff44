// Meeting mode: one slide at a time, by keys, buttons or a swipe; the card panel, the layer of changes, what is written kept.
// Without this script all slides stand one below another.
"use strict";

const meet = document.querySelector("[data-meeting]");
let slides = [...meet.querySelectorAll("[data-slide]")];
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

let opened = null;

const HEAD = "[data-focus], h2, h3";
const RECORD = "[data-outcome] form :is(.form-control, .form-select)";

async function openPanel(url, first = HEAD) {
  opened = url;
  tell("");
  if (!panel.open) panel.showModal();
  await htmx.ajax("GET", url, { target: panelBody, swap: "innerHTML" });
  bringDrafts(panelBody);
  (panelBody.querySelector(first) ?? panelBody.querySelector(HEAD))?.focus();
}

// What went wrong; a session that has ended gets the way back in, and what was typed waits.
function tell(words, { signIn = false } = {}) {
  alertLine.textContent = words;
  meet.querySelector("[data-sign-in]").hidden = !signIn;
}

function openCard(link, first) {
  const item = link.closest("[data-item]")?.dataset.item;
  if (item) openPanel(meet.dataset.panelUrl.replace("/0/", `/${item}/`), first);
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
    if (!button || (row && openCard(row, RECORD))) return;
    openPanel(button.dataset.url, RECORD);
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
  const move = event.target.closest("[data-moves]");
  if (move) {
    event.preventDefault();
    openPanel(`${move.href}?${new URLSearchParams({ next: thisMeeting() })}`);
  }
  if (event.target.closest("a[data-sign-in]")) sessionStorage.setItem(RETURN, location.hash);
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

// What is being written is kept in this tab, for this person, until it has been saved. What was sent when the session
// had ended is sent again after signing in.
const WAITING = "meeting-waiting";
const draftKey = (form) => `${meet.dataset.user} ${form.dataset.draft}`;

function bringDrafts(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) {
    const kept = JSON.parse(sessionStorage.getItem(draftKey(form)) ?? "{}");
    for (const [name, value] of Object.entries(kept)) if (form.elements[name]) form.elements[name].value = value;
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (!form) return;
  const typed = Object.fromEntries([...new FormData(form)].filter(([name]) => !["csrf_token", "seen"].includes(name)));
  sessionStorage.setItem(draftKey(form), JSON.stringify(typed));
});

async function sendWaiting() {
  const { user, url, draft } = JSON.parse(sessionStorage.getItem(WAITING) ?? "{}");
  sessionStorage.removeItem(WAITING);
  if (!url || user !== meet.dataset.user) return;
  const settled = new Promise((resolve) => { panelBody.addEventListener("htmx:afterSettle", resolve, { once: true }); });
  await Promise.all([openPanel(url), settled]);
  [...panelBody.querySelectorAll("form[data-draft]")].find((form) => form.dataset.draft === draft)?.requestSubmit();
}

// What is done on another page comes back to this slide; which one it was is kept in this tab, for an address on the
// way through the sign-in has no fragment.
const RETURN = "meeting-slide";

function thisMeeting() {
  const query = new URLSearchParams(location.search);
  query.delete("saved");
  return `${location.pathname}?${query}${location.hash}`;
}

function firstSlide() {
  const kept = sessionStorage.getItem(RETURN);
  sessionStorage.removeItem(RETURN);
  if (kept && asked() < 0) location.hash = kept;
  return Math.max(asked(), 0);
}

document.addEventListener("submit", (event) => {
  const { next } = event.target.elements;
  if (next) next.value = thisMeeting();
});

// The slides are drawn anew after a move, with its undo, while the screen stays as it is.
async function renew(address) {
  const answer = await fetch(address);
  if (!answer.ok || !answer.url.includes(location.pathname)) return location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const drawn = page.querySelector("[data-slides]");
  meet.querySelector("[data-slides]").replaceWith(drawn);
  slides = [...drawn.querySelectorAll("[data-slide]")];
  panel.close();
  show(here);
  const said = drawn.querySelector(".undo-bar span");
  if (said) live.textContent = said.textContent;
  return undefined;
}

// An answer that says what to mend is put in place like any other; one that did not come leaves what was typed, and one
// that is another page than asked for is the sign-in.
const ENDED = [400, 401];
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const address = event.detail.xhr.getResponseHeader("HX-Redirect");
  if (!address) return;
  event.preventDefault();
  renew(address);
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, pathInfo } = event.detail;
  if (xhr.status === 422 || xhr.status === 409) event.detail.shouldSwap = true;
  const asked = new URL(pathInfo.requestPath, location.href).pathname;
  if (new URL(xhr.responseURL).pathname === asked) return;
  event.detail.shouldSwap = false;
  tell(meet.dataset.ended, { signIn: true });
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { requestConfig, successful, elt } = event.detail;
  if (requestConfig.verb === "post" && successful && elt.dataset.draft) sessionStorage.removeItem(draftKey(elt));
});
document.addEventListener("htmx:responseError", (event) => {
  const { xhr, elt } = event.detail;
  if ([422, 409].includes(xhr.status)) return;
  const ended = ENDED.includes(xhr.status);
  tell(ended ? meet.dataset.ended : meet.dataset.failed, { signIn: ended });
  if (ended && elt.dataset.draft) {
    sessionStorage.setItem(WAITING, JSON.stringify({ user: meet.dataset.user, url: opened, draft: elt.dataset.draft }));
  }
});
document.addEventListener("htmx:sendError", () => tell(meet.dataset.failed));
document.addEventListener("htmx:afterSettle", () => {
  panelBody.querySelector("[role=alert], .undo-bar, [data-check]")?.scrollIntoView({ block: "nearest" });
  if (panel.open && !panel.contains(document.activeElement)) panelBody.querySelector("[data-check], h2, h3")?.focus();
});

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
sendWaiting();
