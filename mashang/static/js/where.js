// Choosing the county shows its unions at once; without this script the button does it.
(function () {
  "use strict";
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-where-region]")) event.target.form.submit();
  });
})();
