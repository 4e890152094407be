// Shuts a toast by its button, or by itself when it has been up long enough to be read twice.
(() => {
  "use strict";
  const PER_CHARACTER = 250;
  const AT_LEAST = 6000;

  function shut(toast) {
    if (toast && toast.parentNode) toast.parentNode.removeChild(toast);
  }
  function readingTime(toast) {
    return Math.max(AT_LEAST, toast.textContent.trim().length * PER_CHARACTER);
  }
  function start(toast) {
    if (toast.dataset.started) return;
    toast.dataset.started = "1";
    setTimeout(() => {
      if (!toast.contains(document.activeElement)) shut(toast);
    }, readingTime(toast));
  }
  function startAll() {
    document.querySelectorAll("[data-toast]").forEach(start);
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toast-shut]");
    if (button) shut(button.closest("[data-toast]"));
  });
  document.addEventListener("DOMContentLoaded", startAll);
  document.addEventListener("htmx:afterSettle", startAll);
})();
