// A press on a usual sentence puts it into the opinion, where it can still be mended.
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-opinion]");
    if (!button) return;
    var field = document.getElementById(button.dataset.into);
    field.value = (field.value ? field.value + "\n" : "") + button.dataset.opinion;
    field.focus();
  });
})();
