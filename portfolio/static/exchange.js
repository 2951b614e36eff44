// Sending files in: dropping them on the form, saying before they are sent when they are too large. Checking a plan: what was
// decided along with others shows itself, and a decision that could not be kept is told.
"use strict";

(() => {
  const MEGABYTE = 1024 * 1024;

  for (const form of document.querySelectorAll("form[data-drop]")) {
    const field = form.querySelector("input[type=file]");
    const error = form.querySelector(".send-error");
    const isTooLarge = () => [...field.files].reduce((sum, file) => sum + file.size, 0) > form.dataset.most * MEGABYTE;
    const check = () => {
      const wrong = isTooLarge();
      error.textContent = wrong ? form.dataset.tooLarge : "";
      field.setAttribute("aria-invalid", wrong);
      return !wrong;
    };
    form.classList.add("can-drop");
    form.querySelector("[data-drop-words]").hidden = false;
    for (const name of ["dragenter", "dragover"]) {
      form.addEventListener(name, (event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        form.classList.add("is-over");
      });
    }
    form.addEventListener("dragleave", (event) => {
      if (!form.contains(event.relatedTarget)) form.classList.remove("is-over");
    });
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("is-over");
      if (!event.dataTransfer.files.length) return;
      field.files = event.dataTransfer.files;
      check();
    });
    field.addEventListener("change", check);
    form.addEventListener("submit", (event) => {
      if (check()) return;
      event.preventDefault();
      field.focus();
    });
  }

  document.body.addEventListener("decided", (event) => {
    for (const [id, checked] of Object.entries(event.detail)) {
      const control = document.getElementById(id);
      if (control && typeof checked === "boolean") control.checked = checked;
    }
  });
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    document.body.addEventListener(name, () => {
      const notice = document.getElementById("not-saved");
      if (notice) notice.hidden = false;
    });
  }
})();
