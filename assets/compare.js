/* Compare in the browser: controls to address; the keyboard stays where it was. */
(function () {
  "use strict";
  const STATE = "compare-page-state", FORM = "compare-page-form", ADD = FORM + "-add";
  let before = null, focused = "";

  function form() { return document.getElementById(FORM); }

  /* The address of what the form says; what is as by default is left out. */
  function address(cities) {
    const data = new FormData(form());
    const parts = new URLSearchParams();
    if (cities.length) parts.set("cities", cities.join(","));
    for (const name of ["theme", "all", "common", "unlike"]) {
      if (data.get(name)) parts.set(name, data.get(name));
    }
    const text = parts.toString().replace(/%2C/g, ",");
    return text ? "?" + text : "";
  }
  function chosen() { return form().dataset.cities ? form().dataset.cities.split(",") : []; }

  /* Another state: the address first, then the question to the server. */
  function go(search, focus) {
    if (search === location.search) return;
    before = form();
    focused = focus;
    history.pushState(null, "", location.pathname + search);
    window.dash_clientside.set_props(STATE, { data: search });
  }
  /* The option a text names: as it stands in the list, or its part before the country. */
  function optionOf(text) {
    const wanted = text.trim().toLocaleLowerCase();
    const options = [...document.getElementById(FORM + "-members").options];
    const named = options.filter((one) => one.value.toLocaleLowerCase() === wanted);
    if (named.length) return named[0];
    const begun = options.filter((one) => one.value.toLocaleLowerCase().startsWith(wanted));
    const exact = begun.filter((one) => one.value.toLocaleLowerCase().startsWith(wanted + ","));
    const likely = exact.length ? exact : begun;
    return wanted && likely.length === 1 ? likely[0] : null;
  }
  /* A name the list does not have goes to the server, which tells what may be meant. */
  function add() {
    const input = document.getElementById(ADD);
    const text = input.value.replace(/,/g, " ").trim();
    if (!text) { input.focus(); return; }
    const option = optionOf(input.value);
    go(address([...chosen(), option ? option.dataset.city : text]), ADD);
  }
  document.addEventListener("submit", function (event) {
    if (event.target.id !== FORM) return;
    event.preventDefault();
    add();
  });
  /* A name picked from the list is added at once; one being typed is not. */
  document.addEventListener("input", function (event) {
    if (event.target.id !== ADD || (event.inputType && event.inputType !== "insertReplacementText")) return;
    const option = optionOf(event.target.value);
    if (option && option.value === event.target.value) add();
  });
  document.addEventListener("change", function (event) {
    if (event.target.name && event.target.closest && event.target.closest("#" + FORM)) {
      go(address(chosen()), event.target.id);
    }
  });
  document.addEventListener("click", function (event) {
    const button = event.target.closest && event.target.closest("#" + FORM + " [data-search]");
    if (button && button !== form()) go(button.dataset.search, button.id);
  });

  /* The answer brings a new form: the focus goes back to the control that asked, or beside it. */
  new MutationObserver(function () {
    if (!before || !form() || form() === before) return;
    before = null;
    const target = document.getElementById(focused) || document.getElementById(ADD);
    if (target) target.focus({ preventScroll: true });
    const announcer = document.getElementById("frame-announcer");
    if (announcer) announcer.textContent = form().dataset.said;
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
