// Choosing the county shows its unions at once; without this script the button does it.
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-where-region]")) event.target.form.submit();
  });
})();
