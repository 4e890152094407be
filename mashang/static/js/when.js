// Shows a question only when the answer that it hangs on is given: [data-when] names the field,
// [data-when-is] the values. Without this script all of them stand there, and the server decides.
(function () {
  "use strict";
  function chosen(form, name) {
    return Array.from(form.elements)
      .filter(function (field) {
        if (field.name !== name) return false;
        return /^(radio|checkbox)$/.test(field.type) ? field.checked : true;
      })
      .map(function (field) {
        return field.value;
      });
  }
  function follow(form) {
    form.querySelectorAll("[data-when]").forEach(function (field) {
      var given = chosen(form, field.dataset.when);
      var wanted = field.dataset.whenIs.split(" ");
      var box = field.closest(".field");
      if (box)
        box.hidden = !given.some(function (value) {
          return wanted.indexOf(value) >= 0;
        });
    });
  }
  document.addEventListener("change", function (event) {
    if (event.target.form) follow(event.target.form);
  });
  document.addEventListener("DOMContentLoaded", function () {
    Array.from(document.forms).forEach(follow);
  });
})();
