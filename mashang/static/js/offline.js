// Shows the bar that says there is no network, and keeps the page with what was typed on it: a tap that would
// go nowhere is held back. Some browsers say “no network” wrongly, so this script's own address is asked first.
(() => {
  "use strict";
  const ADDRESS = document.currentScript.src;
  let isAsked = false; // the network answered a moment ago: the tap goes its way

  function bar(isShown) {
    const place = document.getElementById("offline");
    if (place) place.hidden = !isShown;
  }
  function show() {
    bar(navigator.onLine === false);
  }
  function hold(event, go) {
    if (navigator.onLine !== false || isAsked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    fetch(ADDRESS, { method: "HEAD", cache: "no-store" }).then(
      () => {
        isAsked = true;
        go();
        isAsked = false;
      },
      () => {
        bar(true);
      },
    );
  }
  // On the window, so that it comes before whatever else hears of it.
  window.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const button = event.submitter;
      hold(event, () => {
        if (form.requestSubmit) form.requestSubmit(button);
        else form.submit();
      });
    },
    true,
  );
  window.addEventListener(
    "click",
    (event) => {
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
