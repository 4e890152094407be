// Shows the bar that says there is no network, and says so when a tap goes nowhere.
(() => {
  "use strict";
  function show() {
    const bar = document.getElementById("offline");
    if (bar) bar.hidden = navigator.onLine !== false;
  }
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  document.addEventListener("htmx:sendError", () => {
    const bar = document.getElementById("offline");
    if (bar) bar.hidden = false;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) show();
  });
  document.addEventListener("DOMContentLoaded", show);
})();
