// A signature written with the finger goes into the hidden field as a PNG. Needs vendor/signature_pad.
(function () {
  "use strict";
  // Phones older than the library: the way by photograph stands open instead.
  function photographInstead(box) {
    box.querySelector("canvas").hidden = true;
    box.querySelector("[data-sign-clear]").hidden = true;
    box.querySelector("details").open = true;
  }
  function fit(canvas, pad) {
    var strokes = pad.toData();
    var ratio = Math.max(window.devicePixelRatio || 1, 1);
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.fromData(strokes);
  }
  function start(box) {
    var canvas = box.querySelector("canvas");
    var field = box.querySelector("input[type=hidden]");
    var pad = new SignaturePad(canvas, {
      penColor: "#1c1917",
      backgroundColor: "#ffffff",
      minWidth: 1.2,
      maxWidth: 3.2,
    });
    fit(canvas, pad);
    window.addEventListener("resize", function () {
      fit(canvas, pad);
    });
    pad.addEventListener("endStroke", function () {
      field.value = pad.toDataURL("image/png");
    });
    box.querySelector("[data-sign-clear]").addEventListener("click", function () {
      pad.clear();
      field.value = "";
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-sign]").forEach(window.SignaturePad ? start : photographInstead);
  });
})();
