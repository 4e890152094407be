// Takes the reader to what matters after a page or a swap: the list of errors, or [data-focus].
(function () {
  "use strict";
  function take(root) {
    var target = root.querySelector("[data-focus]");
    if (target) target.focus();
  }
  document.addEventListener("DOMContentLoaded", function () {
    take(document);
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    take(event.target);
  });
})();
