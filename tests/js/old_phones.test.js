// What the phone's pages may use: Chromium 80 and iOS 12 read them too.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "acorn";

const STATIC = new URL("../../mashang/static/", import.meta.url);
const SHEETS = ["vendor/phone.css", "css/screen.css"];
const YOUNGER = [
  /:has\(/,
  /:is\(/,
  /:where\(/,
  /@layer/,
  /@container/,
  /\binset\s*:/,
  /aspect-ratio\s*:/,
  /\b(clamp|min|max)\(/,
  /color-mix\(/,
  /light-dark\(/,
  /oklch\(/,
  /\d(dvh|svh|lvh)\b/,
  /accent-color\s*:/,
  /^\s*&/m,
];
const FLEX_GAP = /display:\s*(inline-)?flex[^}]*[\s;]gap:/;

function read(path) {
  return readFileSync(new URL(path, STATIC), "utf8");
}
function understood(source) {
  parse(source, { ecmaVersion: 2017, sourceType: "script" });
}
function tooYoung(css) {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, "");
  return [...YOUNGER, FLEX_GAP].filter((feature) => feature.test(bare)).map(String);
}

for (const file of readdirSync(new URL("js/", STATIC))) {
  test(`an old phone understands ${file}`, () => understood(read(`js/${file}`)));
}

for (const file of SHEETS) {
  test(`an old phone draws ${file}`, () => assert.deepEqual(tooYoung(read(file)), []));
}

test("no script makes a style or a script of its own: the content policy forbids both", () => {
  for (const file of readdirSync(new URL("js/", STATIC))) {
    assert.doesNotMatch(
      read(`js/${file}`),
      /\beval\(|new Function|createElement\("(script|style)"\)|\bsetAttribute\("style"/,
    );
  }
});

test("younger words are seen", () => {
  assert.throws(() => understood("a?.b"));
  assert.throws(() => understood("a ?? b"));
  assert.throws(() => understood("try {} catch {}"));
  assert.deepEqual(tooYoung("p:has(b) { color: red }"), ["/:has\\(/"]);
  assert.equal(tooYoung(".a { display: flex; gap: 1rem }").length, 1);
});
