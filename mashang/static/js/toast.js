// Shuts a toast by its button, or by itself when it has been up long enough to be read twice.
(function () {
  "use strict";
  var PER_CHARACTER = 250;
  var AT_LEAST = 6000;

  function shut(toast) {
    if (toast && toast.parentNode) toast.parentNode.removeChild(toast);
  }
  function readingTime(toast) {
    return Math.max(AT_LEAST, toast.textContent.trim().length * PER_CHARACTER);
  }
  function start(toast) {
    if (toast.dataset.started) return;
    toast.dataset.started = "1";
    setTimeout(function () {
      if (!toast.contains(document.activeElement)) shut(toast);
    }, readingTime(toast));
  }
  function startAll() {
    document.querySelectorAll("[data-toast]").forEach(start);
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-toast-shut]");
    if (button) shut(button.closest("[data-toast]"));
  });
  document.addEventListener("DOMContentLoaded", startAll);
  document.addEventListener("htmx:afterSettle", startAll);
})();
