// Shows the bar that says there is no network, and keeps the page with what was typed on it: a tap that would
// go nowhere is held back. Some browsers say “no network” wrongly, so this script's own address is asked first.
(() => {
  "use strict";
  const ADDRESS = document.currentScript.src;
  const PATIENCE = 5000; // ms; a network that takes the question and never answers is none
  let isAsked = false; // the network answered a moment ago: the tap goes its way
  let asking = false;
  let pressed = null; // what an old phone does not tell of a form that goes

  function bar(isShown) {
    const place = document.getElementById("offline");
    if (place) place.hidden = !isShown;
  }
  function show() {
    bar(navigator.onLine === false);
  }
  function hold(event, go) {
    if (navigator.onLine !== false || isAsked || !window.fetch) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (asking) return; // one tap goes once
    asking = true;
    let isOver = false;
    function end(isThere) {
      if (isOver) return;
      isOver = true;
      asking = false;
      if (!isThere) {
        bar(true);
        return;
      }
      isAsked = true;
      try {
        go();
      } finally {
        isAsked = false;
      }
    }
    setTimeout(end, PATIENCE, false);
    fetch(ADDRESS, { method: "HEAD", cache: "no-store" }).then(
      () => {
        end(true);
      },
      () => {
        end(false);
      },
    );
  }
  // On the window, so that it comes before whatever else hears of it.
  window.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const button = event.submitter || (pressed && pressed.form === form ? pressed : null);
      hold(event, () => {
        if (form.requestSubmit) form.requestSubmit(button);
        else if (button) button.click();
        else form.submit();
      });
    },
    true,
  );
  window.addEventListener(
    "click",
    (event) => {
      pressed = event.target.closest && event.target.closest("button,input[type=submit]");
      const link = event.target.closest && event.target.closest("a[href]");
      if (!link || !/^https?:$/.test(link.protocol) || link.getAttribute("href")[0] === "#") return;
      hold(event, () => {
        link.click();
      });
    },
    true,
  );
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  document.addEventListener("htmx:sendError", () => {
    bar(true);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) show();
  });
  document.addEventListener("DOMContentLoaded", show);
})();
