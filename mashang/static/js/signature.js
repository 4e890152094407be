// A signature written with the finger goes into the hidden field as a PNG. Needs vendor/signature_pad.
(() => {
  "use strict";
  // Phones older than the library: the way by photograph stands open instead.
  function photographInstead(box) {
    box.querySelector("canvas").hidden = true;
    box.querySelector("[data-sign-clear]").hidden = true;
    box.querySelector("details").open = true;
  }
  function fit(canvas, pad) {
    const strokes = pad.toData();
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.fromData(strokes);
  }
  function start(box) {
    const canvas = box.querySelector("canvas");
    const field = box.querySelector("input[type=hidden]");
    const pad = new SignaturePad(canvas, {
      penColor: "#1c1917",
      backgroundColor: "#ffffff",
      minWidth: 1.2,
      maxWidth: 3.2,
    });
    fit(canvas, pad);
    if (field.value) {
      pad.fromDataURL(field.value);
    }
    window.addEventListener("resize", () => {
      fit(canvas, pad);
    });
    pad.addEventListener("endStroke", () => {
      field.value = pad.toDataURL("image/png");
    });
    box.querySelector("[data-sign-clear]").addEventListener("click", () => {
      pad.clear();
      field.value = "";
    });
  }
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-sign]").forEach(window.SignaturePad ? start : photographInstead);
  });
})();
