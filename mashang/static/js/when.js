// Shows a question only when the answer that it hangs on is given: [data-when] names the field,
// [data-when-is] the values. Without this script all of them stand there, and the server decides.
(() => {
  "use strict";
  function chosen(form, name) {
    return Array.from(form.elements)
      .filter((field) => {
        if (field.name !== name) return false;
        return /^(radio|checkbox)$/.test(field.type) ? field.checked : true;
      })
      .map((field) => field.value);
  }
  function follow(form) {
    form.querySelectorAll("[data-when]").forEach((field) => {
      const given = chosen(form, field.dataset.when);
      const wanted = field.dataset.whenIs.split(" ");
      const box = field.closest(".field");
      if (box) box.hidden = !given.some((value) => wanted.indexOf(value) >= 0);
    });
  }
  document.addEventListener("change", (event) => {
    if (event.target.form) follow(event.target.form);
  });
  document.addEventListener("DOMContentLoaded", () => {
    Array.from(document.forms).forEach(follow);
  });
})();
