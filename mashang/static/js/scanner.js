// Reads a code with the camera where the browser can; the form for a photograph always stays below.
// What it says stands in the page: data-aim, data-shut and data-strange of [data-scan-said].
(() => {
  "use strict";
  const EVERY = 250;

  function ours(text) {
    try {
      const url = new URL(text);
      return url.host.toLowerCase() === location.host.toLowerCase() ? url.href : null;
    } catch (_error) {
      return null;
    }
  }
  function say(box, name) {
    const said = box.querySelector("[data-scan-said]");
    said.textContent = said.dataset[name];
  }
  function stop(video) {
    if (video.srcObject)
      video.srcObject.getTracks().forEach((track) => {
        track.stop();
      });
    video.srcObject = null;
    video.classList.remove("scan__view--on");
  }
  function found(box, video, text) {
    const url = ours(text);
    if (!url) {
      say(box, "strange");
      return false;
    }
    stop(video);
    location.assign(url);
    return true;
  }
  async function look(box, video, detector) {
    if (!video.srcObject) return;
    const codes = await detector.detect(video).catch(() => []);
    if (codes.length && found(box, video, codes[0].rawValue)) return;
    setTimeout(look, EVERY, box, video, detector);
  }
  async function open(box) {
    const video = box.querySelector("[data-scan-view]");
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment" },
        audio: false,
      });
      video.classList.add("scan__view--on");
      await video.play();
      say(box, "aim");
      look(box, video, new BarcodeDetector({ formats: ["qr_code"] }));
    } catch (_error) {
      stop(video);
      say(box, "shut");
    }
  }
  function start(box) {
    const button = box.querySelector("[data-scan-start]");
    button.hidden = !("BarcodeDetector" in window && navigator.mediaDevices);
    button.addEventListener("click", () => {
      open(box);
    });
    window.addEventListener("pagehide", () => {
      stop(box.querySelector("[data-scan-view]"));
    });
  }
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-scanner]").forEach(start);
  });
})();
