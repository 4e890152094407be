// Reads a code with the camera where the browser can; the form for a photograph always stays below.
// What it says stands in the page: data-aim, data-shut and data-strange of [data-scan-said].
(function () {
  "use strict";
  var EVERY = 250;

  function ours(text) {
    try {
      var url = new URL(text);
      return url.host.toLowerCase() === location.host.toLowerCase() ? url.href : null;
    } catch (error) {
      return null;
    }
  }
  function say(box, name) {
    var said = box.querySelector("[data-scan-said]");
    said.textContent = said.dataset[name];
  }
  function stop(video) {
    if (video.srcObject)
      video.srcObject.getTracks().forEach(function (track) {
        track.stop();
      });
    video.srcObject = null;
    video.classList.remove("scan__view--on");
  }
  function found(box, video, text) {
    var url = ours(text);
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
    var codes = await detector.detect(video).catch(function () {
      return [];
    });
    if (codes.length && found(box, video, codes[0].rawValue)) return;
    setTimeout(look, EVERY, box, video, detector);
  }
  async function open(box) {
    var video = box.querySelector("[data-scan-view]");
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment" },
        audio: false,
      });
      video.classList.add("scan__view--on");
      await video.play();
      say(box, "aim");
      look(box, video, new BarcodeDetector({ formats: ["qr_code"] }));
    } catch (error) {
      stop(video);
      say(box, "shut");
    }
  }
  function start(box) {
    var button = box.querySelector("[data-scan-start]");
    button.hidden = !("BarcodeDetector" in window && navigator.mediaDevices);
    button.addEventListener("click", function () {
      open(box);
    });
    window.addEventListener("pagehide", function () {
      stop(box.querySelector("[data-scan-view]"));
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-scanner]").forEach(start);
  });
})();
