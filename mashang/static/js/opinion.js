// A press on a usual sentence puts it into the opinion, where it can still be mended.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-opinion]");
    if (!button) return;
    const field = document.getElementById(button.dataset.into);
    field.value = (field.value ? `${field.value}\n` : "") + button.dataset.opinion;
    field.focus();
  });
})();
