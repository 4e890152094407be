// The work of a ticket: where strangers knock too often, the page reckons a moment for the right to ask.
// [data-work] is the field that takes the result; data-go sends the form by itself afterwards.
// Hashes are reckoned here and not by the browser, which does so on https only.
(() => {
  "use strict";
  const SLICE = 40; // milliseconds, then the page may draw and take taps
  const K = new Int32Array(64);
  const START = new Int32Array(8);
  const W = new Int32Array(64);

  function fill() {
    // The first 32 bits of the fractional parts of square and cube roots of primes.
    let found = 0;
    for (let n = 2; found < 64; n += 1) {
      let prime = true;
      for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
      if (prime) {
        if (found < 8) START[found] = (n ** (1 / 2) * 0x100000000) | 0;
        K[found] = (n ** (1 / 3) * 0x100000000) | 0;
        found += 1;
      }
    }
  }
  function lay(text) {
    // One block: every text here is shorter than 56 letters, all of one byte.
    W.fill(0, 0, 16);
    for (let at = 0; at < text.length; at += 1) {
      W[at >> 2] |= text.charCodeAt(at) << (24 - (at & 3) * 8);
    }
    W[text.length >> 2] |= 0x80 << (24 - (text.length & 3) * 8);
    W[15] = text.length * 8;
  }
  function firstWord(text) {
    lay(text);
    for (let t = 16; t < 64; t += 1) {
      const x = W[t - 15];
      const y = W[t - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      W[t] = (W[t - 16] + s0 + W[t - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = START;
    for (let t = 0; t < 64; t += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + W[t]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    return (a + START[0]) >>> 0;
  }
  function work(field, done) {
    const { seed } = field.dataset;
    const parts = Number(field.dataset.parts);
    const shift = 32 - Number(field.dataset.bits);
    const numbers = [];
    let number = 0;
    function slice() {
      const until = Date.now() + SLICE;
      while (numbers.length < parts) {
        const head = `${seed}.${numbers.length}.`;
        if (firstWord(head + number) >>> shift === 0) {
          numbers.push(number);
          number = 0;
        } else number += 1;
        if ((number & 63) === 0 && Date.now() > until) {
          setTimeout(slice, 0);
          return;
        }
      }
      done(numbers.join("."));
    }
    slice();
  }
  function start(field) {
    const { form } = field;
    const began = Date.now();
    let go = "go" in field.dataset;
    function send() {
      const rest = began + Number(field.dataset.seconds) * 1000 - Date.now();
      setTimeout(() => form.submit(), Math.max(0, rest) + Math.random() * 300);
    }
    const words = document.querySelector("[data-wait-words]");
    if (words) words.textContent = field.dataset.working;
    form.addEventListener("submit", (event) => {
      if (field.value) return;
      event.preventDefault();
      go = true;
    });
    work(field, (numbers) => {
      field.value = numbers;
      field.dataset.took = Date.now() - began;
      if (go) send();
    });
  }
  fill();
  document.querySelectorAll("[data-work]").forEach(start);
})();
