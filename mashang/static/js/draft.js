// Keeps what was typed in a long form on this phone, so that a lost network or a shut page loses nothing.
// form[data-draft="name"] is kept under that name; only fields that say data-keep are kept: an ID number,
// a bank card, an illness or a child never is. A page with [data-draft-done="name"] forgets it. Needs vendor/idb.
(function () {
  "use strict";
  var DAYS = 30;
  var WAIT = 400;
  var STORE = "drafts";

  function open() {
    return idb.openDB("mashang", 1, {
      upgrade: function (database) {
        database.createObjectStore(STORE);
      },
    });
  }
  function fields(form) {
    return Array.from(form.elements).filter(function (field) {
      return field.name && field.hasAttribute("data-keep") && !/^(password|hidden|file)$/.test(field.type);
    });
  }
  function ticks(field) {
    return field.type === "checkbox" || field.type === "radio";
  }
  function read(form) {
    return fields(form).map(function (field) {
      return { name: field.name, value: field.value, on: ticks(field) && field.checked };
    });
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
    var filled = 0;
    fields(form).forEach(function (field) {
      draft.values.forEach(function (kept) {
        if (kept.name === field.name && fill(field, kept)) filled += 1;
      });
    });
    var said = form.querySelector("[data-draft-said]");
    if (said && filled) said.hidden = false;
  }
  function old(draft) {
    return Date.now() - draft.at > DAYS * 86400000;
  }
  async function start(form) {
    var name = form.dataset.draft;
    var store = await open();
    var draft = await store.get(STORE, name);
    if (draft && old(draft)) await store.delete(STORE, name);
    else if (draft) restore(form, draft);
    var timer;
    form.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        store.put(STORE, { at: Date.now(), values: read(form) }, name);
      }, WAIT);
    });
  }
  async function forget(done) {
    var store = await open();
    await store.delete(STORE, done.dataset.draftDone);
  }
  document.addEventListener("DOMContentLoaded", function () {
    if (!window.idb || !window.indexedDB) return;
    document.querySelectorAll("form[data-draft]").forEach(start);
    document.querySelectorAll("[data-draft-done]").forEach(forget);
  });
})();
