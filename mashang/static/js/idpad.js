// The keypad for ID numbers: real buttons, X among them, and the number read back in its groups.
(() => {
  "use strict";
  const LENGTH = 18;

  function groups(number) {
    return [number.slice(0, 6), number.slice(6, 14), number.slice(14)].filter(Boolean).join(" ");
  }
  function press(input, key) {
    const at = input.selectionStart === null ? input.value.length : input.selectionStart;
    const end = input.selectionEnd === null ? at : input.selectionEnd;
    const from = key === "back" && at === end ? Math.max(0, at - 1) : at;
    const added = key === "back" ? "" : key;
    const value = input.value.slice(0, from) + added + input.value.slice(end);
    if (value.length > LENGTH) return;
    input.value = value;
    input.setSelectionRange(from + added.length, from + added.length);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function start(box) {
    const input = box.querySelector("input");
    const keys = box.querySelector("[data-idpad-keys]");
    const said = box.querySelector("[data-idpad-said]");
    input.setAttribute("inputmode", "none");
    input.addEventListener("focus", () => {
      keys.hidden = false;
    });
    input.addEventListener("input", () => {
      said.textContent = groups(input.value);
    });
    // A button would take the cursor out of the field.
    keys.addEventListener("mousedown", (event) => {
      event.preventDefault();
    });
    keys.addEventListener("click", (event) => {
      const button = event.target.closest("[data-key]");
      if (!button) return;
      if (button.dataset.key === "done") keys.hidden = true;
      else press(input, button.dataset.key);
    });
  }
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-idpad]").forEach(start);
  });
})();
