// A review's form: only the fields of the chosen verdict are shown, and leaving keeps what was typed as a draft.

function verdictFields() {
  const choice = document.querySelector("[data-verdict]");
  if (!choice) return;
  const parts = [...document.querySelectorAll("[data-for]")];
  const show = () => {
    const chosen = choice.querySelector("input:checked")?.value;
    for (const part of parts) {
      const wrong = part.querySelector("[aria-invalid='true']") !== null;
      part.classList.toggle("shut", !part.dataset.for.split(" ").includes(chosen) && !wrong);
    }
  };
  choice.addEventListener("change", show);
  show();
}

// What was typed in the last seconds before the page is left goes to the draft too.
function keepOnLeaving() {
  const said = document.querySelector("[data-draft]");
  const form = said?.closest("form");
  if (!form) return;
  let typed = false;
  let lost = false;
  let sent = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { sent = true; typed = lost = false; });
  window.addEventListener("pageshow", () => { sent = false; });
  said.addEventListener("htmx:beforeRequest", (event) => { if (sent) event.preventDefault(); });
  said.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) typed = lost = false; });
  for (const name of ["htmx:responseError", "htmx:sendError"]) {  // not one that a newer one has taken the place of
    said.addEventListener(name, () => {
      lost = true;
      said.textContent = said.dataset.failed;
    });
  }
  window.addEventListener("beforeunload", (event) => { if (lost) event.preventDefault(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !typed) return;
    typed = false;
    fetch(said.getAttribute("hx-post"), { method: "POST", body: new FormData(form), keepalive: true });
  });
}

for (const part of [verdictFields, keepOnLeaving]) part();
