// Keeps what was typed in a long form on this phone, so that a lost network or a shut page loses nothing.
// form[data-draft="name"] is kept under that name; only fields that say data-keep are kept: an ID number,
// a bank card, an illness or a child never is. A page with [data-draft-done="name"] forgets it. Needs vendor/idb.
(() => {
  "use strict";
  const DAYS = 30;
  const WAIT = 400;
  const STORE = "drafts";

  function open() {
    return idb.openDB("mashang", 1, {
      upgrade: (database) => {
        database.createObjectStore(STORE);
      },
    });
  }
  function fields(form) {
    return Array.from(form.elements).filter(
      (field) => field.name && field.hasAttribute("data-keep") && !/^(password|hidden|file)$/.test(field.type),
    );
  }
  function ticks(field) {
    return field.type === "checkbox" || field.type === "radio";
  }
  function read(form) {
    return fields(form).map((field) => ({ name: field.name, value: field.value, on: ticks(field) && field.checked }));
  }
  function fill(field, kept) {
    if (ticks(field)) {
      if (field.value !== kept.value || !kept.on || field.checked) return false;
      field.checked = true;
      return true;
    }
    if (field.value || !kept.value) return false;
    field.value = kept.value;
    return true;
  }
  function restore(form, draft) {
    let filled = 0;
    fields(form).forEach((field) => {
      draft.values.forEach((kept) => {
        if (kept.name === field.name && fill(field, kept)) filled += 1;
      });
    });
    const said = form.querySelector("[data-draft-said]");
    if (said && filled) said.hidden = false;
  }
  function old(draft) {
    return Date.now() - draft.at > DAYS * 86400000;
  }
  async function start(form) {
    const name = form.dataset.draft;
    const store = await open();
    const draft = await store.get(STORE, name);
    if (draft && old(draft)) await store.delete(STORE, name);
    else if (draft) restore(form, draft);
    let timer;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        store.put(STORE, { at: Date.now(), values: read(form) }, name);
      }, WAIT);
    });
  }
  async function forget(done) {
    const store = await open();
    await store.delete(STORE, done.dataset.draftDone);
  }
  document.addEventListener("DOMContentLoaded", () => {
    if (!window.idb || !window.indexedDB) return;
    document.querySelectorAll("form[data-draft]").forEach(start);
    document.querySelectorAll("[data-draft-done]").forEach(forget);
  });
})();
