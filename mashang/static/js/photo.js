// Makes photographs small on the phone before they go (1600 px, JPEG), shows them, and counts the way.
// Whatever a browser cannot do is left out: then the file goes as it is and the server makes it small.
(() => {
  "use strict";
  const LONGEST = 1600;
  const QUALITY = 0.82;
  // A screenshot of several screens is kept at the width of a phone, or its words could not be read.
  const LONG = 2.5;
  const LONG_WIDTH = 1080;
  const MOST_PIXELS = 16000000; // what every browser's canvas holds; beyond it some draw nothing

  // Where the canvas does not turn a picture the right way up by itself, only the server can.
  const canTurn = window.CSS && CSS.supports("image-orientation", "from-image");
  const canReplace = (() => {
    try {
      return Boolean(new DataTransfer().items);
    } catch (_error) {
      return false;
    }
  })();

  function load(file) {
    return new Promise((resolve, reject) => {
      const image = new Image();
      image.onload = () => {
        resolve(image);
      };
      image.onerror = reject;
      image.src = URL.createObjectURL(file);
    });
  }
  function bytesOf(blob) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => {
        resolve(new Uint8Array(reader.result));
      };
      reader.onerror = reject;
      reader.readAsArrayBuffer(blob);
    });
  }
  function holds(bytes, from, ...wanted) {
    for (let at = from; at + wanted.length <= bytes.length; at += 1) {
      if (bytes[at] === wanted[0] && wanted.every((byte, index) => bytes[at + index] === byte)) return true;
    }
    return false;
  }
  // A JPEG ends with FF D9; the one of a small picture inside it, in its head, is not the end.
  function endsAsJpeg(bytes) {
    let at = 2;
    while (bytes[at] === 0xff && bytes[at + 1] !== 0xda) at += 2 + bytes[at + 2] * 256 + bytes[at + 3];
    return holds(bytes, at, 0xff, 0xd9);
  }
  // A browser draws a file that broke off, with grey below: only the server says that it is not whole.
  async function isWhole(file) {
    const bytes = await bytesOf(file);
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return endsAsJpeg(bytes);
    if (bytes[0] === 0x89 && bytes[1] === 0x50)
      return holds(bytes, Math.max(8, bytes.length - 65536), 0x49, 0x45, 0x4e, 0x44);
    if (bytes[0] !== 0x52 || bytes[8] !== 0x57) return true;
    return bytes.length >= 8 + bytes[4] + bytes[5] * 256 + bytes[6] * 65536 + bytes[7] * 16777216;
  }
  function scaleOf(width, height) {
    const longest = Math.max(width, height);
    const shortest = Math.min(width, height);
    return Math.min(1, longest >= LONG * shortest ? LONG_WIDTH / shortest : LONGEST / longest);
  }
  function draw(image) {
    const scale = scaleOf(image.naturalWidth, image.naturalHeight);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    if (canvas.width * canvas.height > MOST_PIXELS) return Promise.resolve(null);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => {
      canvas.toBlob(resolve, "image/jpeg", QUALITY);
    });
  }
  async function small(file) {
    try {
      if (!(await isWhole(file))) return file;
      const image = await load(file);
      const blob = await draw(image);
      URL.revokeObjectURL(image.src);
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
    } catch (_error) {
      return file;
    }
  }
  function show(box, files) {
    const place = box.querySelector("[data-photos]");
    place.querySelectorAll("[data-new]").forEach((old) => {
      URL.revokeObjectURL(old.querySelector("img").src);
      old.remove();
    });
    files.forEach((file) => {
      const figure = document.createElement("figure");
      const image = document.createElement("img");
      const caption = document.createElement("figcaption");
      figure.dataset.new = "1";
      image.src = URL.createObjectURL(file);
      image.alt = file.name;
      caption.textContent = `${Math.ceil(file.size / 1024)} KB`;
      figure.append(image, caption);
      place.appendChild(figure);
    });
  }
  function say(box, count) {
    const said = box.querySelector("[data-photo-said]");
    said.textContent = said.dataset.chosen.replace("{count}", count);
  }
  async function take(input) {
    const box = input.closest("[data-photo]");
    let files = Array.from(input.files);
    if (canTurn && canReplace) {
      files = await Promise.all(files.map(small));
      const carrier = new DataTransfer();
      files.forEach((file) => {
        carrier.items.add(file);
      });
      input.files = carrier.files;
    }
    show(box, files);
    say(box, files.length);
    box.dispatchEvent(new CustomEvent("photo:ready", { bubbles: true }));
  }
  function isPhoto(input) {
    return input.type === "file" && input.closest("[data-photo]");
  }
  function ring(event) {
    const pick = event.target.closest && event.target.closest(".photo__pick");
    if (pick) pick.classList.toggle("photo__pick--on", event.type === "focusin");
  }
  document.addEventListener("change", (event) => {
    if (isPhoto(event.target)) take(event.target);
  });
  document.addEventListener("focusin", ring);
  document.addEventListener("focusout", ring);
  document.addEventListener("htmx:xhr:progress", (event) => {
    const box = event.target.querySelector && event.target.querySelector("[data-photo-progress]");
    if (!box || !event.detail.lengthComputable) return;
    box.hidden = false;
    box.querySelector("progress").value = Math.round((event.detail.loaded / event.detail.total) * 100);
  });
})();
