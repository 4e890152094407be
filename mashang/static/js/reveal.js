// A revealed value hides again after a minute, and at once when the page leaves the screen.
(function () {
  "use strict";
  var SHOWN_FOR = 60000;

  function hide(value) {
    value.textContent = value.dataset.revealed;
    value.removeAttribute("data-revealed");
  }
  function hideAll() {
    document.querySelectorAll("[data-revealed]").forEach(hide);
  }
  document.addEventListener("htmx:afterSettle", function () {
    document.querySelectorAll("[data-revealed]:not([data-timed])").forEach(function (value) {
      value.dataset.timed = "1";
      setTimeout(function () {
        if (value.dataset.revealed) hide(value);
      }, SHOWN_FOR);
    });
  });
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) hideAll();
  });
  window.addEventListener("pagehide", hideAll);
})();
