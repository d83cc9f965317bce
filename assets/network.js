/* The network in the browser: controls to address. What the drawing answers: network_marks.js. */
(function () {
  "use strict";
  const STATE = "network-page-state", FORM = "network-page-form";
  const DEFAULTS = { layout: "structure", size: "degree", colour: "region" };
  const THOUGHTS = ["drop", "admit", "cut", "add", "without", "event"];
  let playing = null;

  /* On a phone the drawing comes first: the controls wait in their fold. */
  new MutationObserver(function () {
    const fold = document.querySelector(".network-fold:not([data-seen])");
    if (!fold) return;
    fold.dataset.seen = "1";
    if (window.matchMedia("(max-width: 600px)").matches) fold.open = false;
  }).observe(document.documentElement, { childList: true, subtree: true });

  function form() { return document.getElementById(FORM); }
  function slider() { return document.getElementById(FORM + "-to"); }
  /* The id of the member typed, "" for nobody, null for a name that is not in the list. */
  function member(name) {
    const typed = form().querySelector('[data-member="' + name + '"]').value.trim();
    if (!typed) return "";
    const all = [...document.getElementById(FORM + "-members").options];
    const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
    const found = all.find((one) => fold(one.value) === fold(typed)) ||
      all.filter((one) => fold(one.value).startsWith(fold(typed)))[0];
    return found ? found.dataset.id : null;
  }
  /* The address of what the form says; what is as by default is left out. */
  function address() {
    const data = new FormData(form());
    const parts = new URLSearchParams();
    const kinds = [...form().querySelectorAll('[name="kind"]')];
    const strong = kinds.slice(0, form().querySelector("fieldset").querySelectorAll("input").length);
    const asDefault = kinds.every((box) => box.checked === strong.includes(box));
    /* None at all is a choice too: an empty network that says so. */
    const chosen = data.getAll("kind").length ? data.getAll("kind") : ["none"];
    if (!asDefault) chosen.forEach((kind) => parts.append("kind", kind));
    if (data.get("from")) parts.set("from", data.get("from"));
    if (Number(data.get("to")) < Number(slider().max)) parts.set("to", data.get("to"));
    if (data.get("undated")) parts.set("undated", "1");
    if (data.get("theme")) parts.set("theme", data.get("theme"));
    for (const name of ["region", "evidence"]) {
      const all = form().querySelectorAll('[name="' + name + '"]').length;
      const on = data.getAll(name);
      /* None chosen is all: the boxes say so too. */
      if (!on.length) form().querySelectorAll('[name="' + name + '"]').forEach((box) => { box.checked = true; });
      if (on.length && on.length < all) on.forEach((value) => parts.append(name, value));
    }
    for (const name of Object.keys(DEFAULTS)) {
      if (data.get(name) && data.get(name) !== DEFAULTS[name]) parts.set(name, data.get(name));
    }
    form().querySelectorAll("[data-default]").forEach(function (box) {
      if (box.value !== "" && Number(box.value) !== Number(box.dataset.default)) {
        parts.append("weight", box.name.replace("weight-", "") + ":" + Number(box.value));
      }
    });
    for (const name of ["city", "goal"]) {
      const found = member(name);
      const box = form().querySelector('[data-member="' + name + '"]');
      box.setAttribute("aria-invalid", String(found === null));
      tell(form().querySelector('[data-note="' + name + '"]'), found === null ? box.value.trim() : "");
      /* A name that nobody has changes nothing. */
      const wanted = found === null ? new URLSearchParams(location.search).get(name) : found;
      if (wanted && (name === "city" || parts.get("city"))) parts.set(name, wanted);
    }
    const before = new URLSearchParams(location.search);
    THOUGHTS.forEach((name) => before.getAll(name).forEach((value) => parts.append(name, value)));
    const search = parts.toString();
    return search ? "?" + search : "";
  }
  function tell(note, name) {
    note.textContent = name ? note.dataset.words.replace("{name}", name) : "";
  }
  function go(search) {
    if (search === location.search) return;
    history[playing ? "replaceState" : "pushState"](null, "", location.pathname + search);
    window.dash_clientside.set_props(STATE, { data: search });
  }
  function showYear() {
    const output = form().querySelector(".year-shown");
    const all = Number(slider().value) >= Number(slider().max);
    output.textContent = all ? output.dataset.all : slider().value;
    slider().setAttribute("aria-valuetext", output.textContent);
  }
  /* The slider and the player begin at the year from which ties count. */
  function bound() {
    const own = slider(), from = Number(form().querySelector('[name="from"]').value);
    own.min = Math.min(Math.max(from, Number(own.dataset.first)), Number(own.max) - 1);
  }
  function follow() {
    bound();
    showYear();
    const goal = form().querySelector('[data-member="goal"]');
    if (member("city") === "") goal.value = "";
    goal.disabled = member("city") === "";
    go(address());
  }
  function look(city) {
    const option = [...document.getElementById(FORM + "-members").options].find((one) => one.dataset.id === city);
    if (!option) return;
    const box = form().querySelector('[data-member="city"]');
    box.value = box.value === option.value ? "" : option.value;
    form().querySelector('[data-member="goal"]').value = "";
    follow();
  }
  document.addEventListener("input", function (event) { if (slider() && event.target === slider()) showYear(); });
  document.addEventListener("change", function (event) {
    if (event.target.closest && event.target.closest("#" + FORM)) follow();
  });
  document.addEventListener("submit", function (event) {
    if (event.target.id === FORM) { event.preventDefault(); follow(); return; }
    const thought = event.target.dataset && event.target.dataset.thought;
    if (!thought) return;
    event.preventDefault();
    const chosen = [...event.target.querySelectorAll("select")].flatMap((one) => [...one.selectedOptions].map((option) => option.value)).filter(Boolean);
    const wanted = thought === "add" || thought === "event" ? 2 : 1;
    const note = event.target.querySelector(".field-note");
    const missing = new Set(chosen).size < wanted;
    note.textContent = missing ? note.dataset.words : "";
    if (missing) { event.target.querySelector("select").focus(); return; }
    const parts = new URLSearchParams(location.search);
    parts.append(thought, chosen.join("~"));
    go("?" + parts.toString());
    document.getElementById("network-page-head").scrollIntoView({ block: "start" });
  });
  /* Past the drawing: to a part of the page, unfolded, and the keyboard goes along. */
  document.addEventListener("click", function (event) {
    const jump = event.target.closest(".jump-links a[href^='#']");
    const part = jump && document.getElementById(jump.hash.slice(1));
    if (!part) return;
    event.preventDefault();
    const fold = part.matches("details") ? part : part.querySelector("details:only-of-type");
    if (fold) fold.open = true;
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
    part.scrollIntoView({ block: "start" });
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("#" + FORM + "-play")) play(event.target.closest("button"));
  });
  window.addEventListener("popstate", function () { if (form()) form().reset(); });

  new MutationObserver(function () {
    if (!form() && playing) { clearInterval(playing); playing = null; }
    /* The lists of a large network are asked for once its drawing is there. */
    const later = document.querySelector(".lists-later:not([data-asked])");
    if (!later || !document.querySelector("#network-page-graph .scatterlayer")) return;
    later.dataset.asked = "yes";
    window.dash_clientside.set_props("network-page-later", { data: location.search });
  }).observe(document.documentElement, { childList: true, subtree: true });
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.network = { look: look };

  function play(button) {
    if (playing) { clearInterval(playing); playing = null; button.textContent = "▶"; return; }
    button.textContent = "■";
    slider().value = slider().min;
    const step = function () {
      if (!form()) return;
      follow();
      if (slider().value === slider().max) { clearInterval(playing); playing = null; button.textContent = "▶"; return; }
      slider().value = Number(slider().value) + 1;
    };
    playing = setInterval(step, 1100);
    step();
  }
})();
