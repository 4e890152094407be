// Takes the reader to what matters after a page or a swap: the list of errors, or [data-focus].
(() => {
  "use strict";
  function take(root) {
    const target = root.querySelector("[data-focus]");
    if (target) target.focus();
  }
  document.addEventListener("DOMContentLoaded", () => {
    take(document);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    take(event.target);
  });
})();
