/* Updates are kept while they are typed: on the server, and in this browser while it is away. */
(function () {
  "use strict";
  const WAIT_MS = 700;
  const first = document.querySelector("input[autofocus]");
  if (first) first.select(); // typing replaces the last figure, Enter hands it in
  const box = document.querySelector("[data-autosave]");
  const form = box && box.querySelector("form");
  if (!form) return;
  const line = box.querySelector(".saved-line");
  const key = "update:" + location.pathname + location.search;
  let timer = null;
  let saving = false;
  let again = false;

  function fields() {
    return Array.from(form.elements).filter(function (one) {
      return one.name && one.type !== "hidden" && one.type !== "submit";
    });
  }
  function remember() {
    const kept = {};
    fields().forEach(function (one) { kept[one.name] = one.value; });
    localStorage.setItem(key, JSON.stringify(kept));
  }
  function target() {
    return form.dataset.saves || (form.action.endsWith("/submit") ? form.action.replace(/submit$/, "save") : form.action);
  }
  function tell(words) { line.textContent = words; }
  async function save() {
    if (saving) { again = true; return; }
    saving = true;
    try {
      const answer = await fetch(target(), {
        method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" }
      });
      const told = await answer.json().catch(function () { return {}; });
      if (!answer.ok) { tell(told.problem || told.detail || "Not kept on the server yet; it is kept in this browser."); return; }
      begun(told);
      localStorage.removeItem(key);
      tell("Kept at " + new Date().toLocaleTimeString());
    } catch (error) {
      tell("The server cannot be reached. What you typed is kept in this browser and sent again.");
      timer = setTimeout(save, 5000);
    } finally {
      saving = false;
      if (again) { again = false; save(); }
    }
  }
  function begun(told) {
    let version = form.querySelector("[name=version]");
    if (!version) {
      version = document.createElement("input");
      version.type = "hidden";
      version.name = "version";
      form.appendChild(version);
    }
    version.value = told.version;
    if (told.address) {
      history.replaceState({}, "", told.address);
      form.dataset.saves = told.address + "/save";
      form.action = told.address + "/submit";
    }
  }
  form.addEventListener("input", function () {
    remember();
    clearTimeout(timer);
    timer = setTimeout(save, WAIT_MS);
  });
  form.addEventListener("submit", function () { clearTimeout(timer); localStorage.removeItem(key); });
  const kept = localStorage.getItem(key);
  if (kept) {
    const values = JSON.parse(kept);
    fields().forEach(function (one) { if (one.name in values) one.value = values[one.name]; });
    tell("What you typed before is back. It is being kept.");
    timer = setTimeout(save, WAIT_MS);
  }
})();
