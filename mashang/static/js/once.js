// A form goes once: the second tap does nothing, and after two seconds the button says why,
// in the words of [data-sending] on this script's own tag.
(() => {
  "use strict";
  const WORDS_AFTER = 2000;
  const WORDS = document.currentScript.dataset.sending;

  function mainButton(form) {
    return form.querySelector("button[type=submit]");
  }
  function lock(form, button) {
    form.dataset.sent = "1";
    if (!button) return;
    button.setAttribute("aria-busy", "true");
    form.slowly = setTimeout(() => {
      button.dataset.words = button.innerHTML;
      button.textContent = WORDS;
    }, WORDS_AFTER);
  }
  function unlock(form) {
    delete form.dataset.sent;
    clearTimeout(form.slowly);
    form.querySelectorAll("[aria-busy]").forEach((button) => {
      button.removeAttribute("aria-busy");
      if (button.dataset.words) button.innerHTML = button.dataset.words;
      delete button.dataset.words;
    });
  }
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.method !== "post") return;
      if (form.dataset.sent) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      lock(form, event.submitter || mainButton(form));
    },
    true,
  );
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.tagName === "FORM") unlock(event.target);
  });
  // “Back” may bring the page out of the browser's memory as it was left.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(unlock);
  });
})();
