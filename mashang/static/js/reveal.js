// A revealed value hides again after a minute, and at once when the page leaves the screen.
(() => {
  "use strict";
  const SHOWN_FOR = 60000;

  function hide(value) {
    value.textContent = value.dataset.revealed;
    value.removeAttribute("data-revealed");
  }
  function hideAll() {
    document.querySelectorAll("[data-revealed]").forEach(hide);
  }
  document.addEventListener("htmx:afterSettle", () => {
    document.querySelectorAll("[data-revealed]:not([data-timed])").forEach((value) => {
      value.dataset.timed = "1";
      setTimeout(() => {
        if (value.dataset.revealed) hide(value);
      }, SHOWN_FOR);
    });
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hideAll();
  });
  window.addEventListener("pagehide", hideAll);
})();
