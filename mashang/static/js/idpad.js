// The keypad for ID numbers: real buttons, X among them, and the number read back in its groups.
(function () {
  "use strict";
  var LENGTH = 18;

  function groups(number) {
    return [number.slice(0, 6), number.slice(6, 14), number.slice(14)].filter(Boolean).join(" ");
  }
  function press(input, key) {
    var at = input.selectionStart === null ? input.value.length : input.selectionStart;
    var end = input.selectionEnd === null ? at : input.selectionEnd;
    var from = key === "back" && at === end ? Math.max(0, at - 1) : at;
    var added = key === "back" ? "" : key;
    var value = input.value.slice(0, from) + added + input.value.slice(end);
    if (value.length > LENGTH) return;
    input.value = value;
    input.setSelectionRange(from + added.length, from + added.length);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function start(box) {
    var input = box.querySelector("input");
    var keys = box.querySelector("[data-idpad-keys]");
    var said = box.querySelector("[data-idpad-said]");
    input.setAttribute("inputmode", "none");
    input.addEventListener("focus", function () {
      keys.hidden = false;
    });
    input.addEventListener("input", function () {
      said.textContent = groups(input.value);
    });
    // A button would take the cursor out of the field.
    keys.addEventListener("mousedown", function (event) {
      event.preventDefault();
    });
    keys.addEventListener("click", function (event) {
      var button = event.target.closest("[data-key]");
      if (!button) return;
      if (button.dataset.key === "done") keys.hidden = true;
      else press(input, button.dataset.key);
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-idpad]").forEach(start);
  });
})();
