// Reads a code with the camera where the browser can; the form for a photograph always stays below.
(function () {
  "use strict";
  var EVERY = 250;
  var ENGLISH = document.documentElement.lang === "en";
  var WORDS = ENGLISH ? {
    aim: "Point the camera at the code.",
    shut: "The camera did not open. Please take a photograph below.",
    strange: "This is not one of our codes.",
  } : {
    aim: "把二维码放进框里，稍等一下。",
    shut: "相机没有打开，请在下面拍一张照片来识别。",
    strange: "这不是码上的二维码，请换一张试试。",
  };

  function ours(text) {
    try {
      var url = new URL(text);
      return url.host.toLowerCase() === location.host.toLowerCase() ? url.href : null;
    } catch (error) {
      return null;
    }
  }
  function stop(video) {
    if (video.srcObject) video.srcObject.getTracks().forEach(function (track) { track.stop(); });
    video.srcObject = null;
    video.classList.remove("scan__view--on");
  }
  function found(box, video, text) {
    var url = ours(text);
    if (!url) {
      box.querySelector("[data-scan-said]").textContent = WORDS.strange;
      return false;
    }
    stop(video);
    location.assign(url);
    return true;
  }
  async function look(box, video, detector) {
    if (!video.srcObject) return;
    var codes = await detector.detect(video).catch(function () { return []; });
    if (codes.length && found(box, video, codes[0].rawValue)) return;
    setTimeout(look, EVERY, box, video, detector);
  }
  async function open(box) {
    var video = box.querySelector("[data-scan-view]");
    var said = box.querySelector("[data-scan-said]");
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      video.classList.add("scan__view--on");
      await video.play();
      said.textContent = WORDS.aim;
      look(box, video, new BarcodeDetector({ formats: ["qr_code"] }));
    } catch (error) {
      stop(video);
      said.textContent = WORDS.shut;
    }
  }
  function start(box) {
    var button = box.querySelector("[data-scan-start]");
    button.hidden = !("BarcodeDetector" in window && navigator.mediaDevices);
    button.addEventListener("click", function () { open(box); });
    window.addEventListener("pagehide", function () { stop(box.querySelector("[data-scan-view]")); });
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-scanner]").forEach(start);
  });
})();
