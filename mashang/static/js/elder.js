// The elder version: a tap on [data-elder] switches at once, and the form behind it tells the server.
// Who has chosen large letters in WeChat gets it without asking, until they choose otherwise.
(() => {
  "use strict";
  const LARGE = 1.3;
  const root = document.documentElement;

  function chosen() {
    return /(?:^|; )elder=[01]/.test(document.cookie);
  }
  function letterScale() {
    const probe = document.createElement("span");
    probe.style.fontSize = "100px";
    document.body.appendChild(probe);
    const styles = getComputedStyle(probe);
    const adjust = parseFloat(styles.webkitTextSizeAdjust) / 100 || 1;
    const scale = Math.max(parseFloat(styles.fontSize) / 100, adjust);
    document.body.removeChild(probe);
    return scale;
  }
  function choose(on) {
    root.classList.toggle("elder", on);
    document.cookie = `elder=${on ? 1 : 0};path=/;max-age=31536000;samesite=lax`;
    document.querySelectorAll("[data-elder]").forEach((button) => {
      button.setAttribute("aria-pressed", String(on));
    });
  }
  // Tells the server what is chosen now.
  function tell(form) {
    const on = root.classList.contains("elder");
    form.elements.elder.value = on ? "1" : "0";
    navigator.sendBeacon(form.action, new FormData(form));
  }
  document.addEventListener("DOMContentLoaded", () => {
    if (!chosen() && letterScale() >= LARGE) root.classList.add("elder");
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-elder]");
    if (!button) return;
    event.preventDefault();
    choose(!root.classList.contains("elder"));
    tell(button.form);
  });
})();
