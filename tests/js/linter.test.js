// The linter of scripts and style sheets sees what it is there for, called as `make checks` calls it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SCRIPT = "mashang/static/js/some.js";
const SHEET = "mashang/styles/phone/some.css";
const CALL = /biome check --error-on-warnings$/m;

// Puts one file where ours lie, in a house of its own under our configuration, and checks that house.
function check(path, text) {
  const house = mkdtempSync(join(tmpdir(), "linter-"));
  try {
    copyFileSync(join(ROOT, "biome.jsonc"), join(house, "biome.jsonc"));
    mkdirSync(join(house, dirname(path)), { recursive: true });
    writeFileSync(join(house, path), text);
    const biome = join(ROOT, "node_modules/.bin/biome");
    const { status, stdout, stderr } = spawnSync(biome, ["check", "--error-on-warnings"], { cwd: house });
    return { status, said: `${stdout}${stderr}` };
  } finally {
    rmSync(house, { recursive: true });
  }
}

const BROKEN = [
  ["a name that nobody declared", SCRIPT, 'docment.title = "x";\n', "noUndeclaredVariables"],
  ["a variable that nothing reads", SCRIPT, "(() => {\n  const words = 1;\n})();\n", "noUnusedVariables"],
  ["a loose comparison", SCRIPT, 'if (location.hash == "#a") history.back();\n', "noDoubleEquals"],
  ["a var", SCRIPT, "(() => {\n  var words = 1;\n  print(words);\n})();\n", "noVar"],
  ["a property that does not exist", SHEET, "a {\n  colr: red;\n}\n", "noUnknownProperty"],
  ["a property that is said twice", SHEET, "a {\n  color: red;\n  color: blue;\n}\n", "noDuplicateProperties"],
  ["a unit that does not exist", SHEET, "a {\n  margin: 1rm;\n}\n", "noUnknownUnit"],
  ["a script of another form", SCRIPT, "document.title = 'x'\n", "format"],
  ["a sheet of another form", SHEET, "a{color:red}\n", "format"],
];

for (const [fault, path, text, word] of BROKEN) {
  test(`the linter sees ${fault}`, () => {
    const { status, said } = check(path, text);

    assert.notEqual(status, 0);
    assert.match(said, new RegExp(word));
  });
}

test("the linter lets pass what is well", () => {
  assert.equal(check(SCRIPT, 'document.title = "x";\n').status, 0);
  assert.equal(check(SHEET, "a {\n  color: red;\n}\n").status, 0);
});

test("it asks for nothing that an old phone does not know", () => {
  const old =
    '(() => {\n  "use strict";\n  const field = document.activeElement;\n  print(field && field.value);\n})();\n';

  assert.equal(check(SCRIPT, old).status, 0);
});

test("`make checks` runs it", () => {
  assert.match(readFileSync(join(ROOT, "Makefile"), "utf8"), CALL);
});
