/* Updates are kept while they are typed: on the server, and in this browser until it took them. */
(function () {
  "use strict";
  const WAIT_MS = 700;
  const AGAIN_MS = 5000;
  const SENT = "update:sent"; // the copy of what was sent last; dropped once the server says it has it
  if (new URLSearchParams(location.search).has("done")) {
    localStorage.removeItem(sessionStorage.getItem(SENT));
    sessionStorage.removeItem(SENT);
  }
  const lines = document.querySelector(".due-list");
  if (lines) keepLines(lines);
  const first = document.querySelector("input[autofocus]");
  if (first) first.select(); // typing replaces the last figure, Enter hands it in
  const box = document.querySelector("[data-autosave]");
  const form = box && box.querySelector("form");
  if (form) keepForm(form, box.querySelector(".saved-line"), box.dataset.person);

  /* The figures typed into the lines of the queue, by person and measure. */
  function keepLines(list) {
    list.querySelectorAll("li").forEach(function (item) {
      const figure = item.querySelector("[name=value]");
      const key = "figure:" + list.dataset.person + ":" + item.querySelector("[name=measure_id]").value;
      const kept = localStorage.getItem(key);
      if (kept !== null) figure.value = kept;
      figure.addEventListener("input", function () { localStorage.setItem(key, figure.value); });
      item.addEventListener("submit", function () { sessionStorage.setItem(SENT, key); });
    });
  }

  function keepForm(form, line, person) {
    let key = keyHere();
    let timer = null;
    let saving = false;
    let again = false;

    function keyHere() {
      const query = new URLSearchParams(location.search);
      query.delete("done");
      query.delete("problem");
      return "update:" + person + ":" + location.pathname + "?" + query;
    }
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
    function tell(words) { line.textContent = words; }
    function later() { timer = setTimeout(save, AGAIN_MS); }
    async function save() {
      if (saving) { again = true; return; }
      saving = true;
      try {
        const answer = await fetch(form.action.replace(/submit$/, "save"), {
          method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" }
        });
        const told = await answer.json().catch(function () { return {}; });
        if (answer.status >= 500) {
          tell("Not kept on the server yet. It is kept in this browser and sent again.");
          later();
        } else if (!answer.ok) {
          tell(told.problem || told.detail || "Not kept on the server; it is kept in this browser.");
        } else {
          localStorage.removeItem(key);
          begun(told);
          tell("Kept at " + new Date().toLocaleTimeString());
        }
      } catch (error) {
        tell("The server cannot be reached. What you typed is kept in this browser and sent again.");
        later();
      } finally {
        saving = false;
        if (again) { again = false; save(); }
      }
    }
    /* The draft has its address now; what the button says it does stays what it does. */
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
        form.action = told.address + "/save";
        key = keyHere();
      }
    }
    form.addEventListener("input", function () {
      remember();
      clearTimeout(timer);
      timer = setTimeout(save, WAIT_MS);
    });
    form.addEventListener("submit", function () {
      clearTimeout(timer);
      remember();
      sessionStorage.setItem(SENT, key);
    });
    const kept = localStorage.getItem(key);
    if (kept) {
      const values = JSON.parse(kept);
      fields().forEach(function (one) { if (one.name in values) one.value = values[one.name]; });
      tell("What you typed before is back. It is being kept.");
      timer = setTimeout(save, WAIT_MS);
    }
  }
})();
