/* Explore in the browser: controls to address; points chosen in the picture marked on the map and
   in the table; the table filtered by what is typed. */
(function () {
  "use strict";
  const FORM = "explore-page-form", STATE = "explore-page-state", SCATTER = "explore-page-scatter";
  const DEFAULTS = { window: "5", method: "pearson" };
  let brushed = null;

  function form() { return document.getElementById(FORM); }
  function plotDiv() {
    const box = document.getElementById(SCATTER);
    return box && box.querySelector(".js-plotly-plot");
  }

  /* The address of what the form says; what is as by default is left out. */
  function address() {
    const data = new FormData(form());
    const parts = new URLSearchParams({ x: data.get("x"), y: data.get("y") });
    for (const name of ["size", "logx", "logy", "year"]) if (data.get(name)) parts.set(name, data.get(name));
    if (data.get("window") !== DEFAULTS.window) parts.set("window", data.get("window"));
    for (const name of ["region", "evidence"]) {
      const all = form().querySelectorAll('[name="' + name + '"]').length;
      const on = data.getAll(name);
      /* None chosen is all: the boxes say so too. */
      if (!on.length) form().querySelectorAll('[name="' + name + '"]').forEach((box) => { box.checked = true; });
      if (on.length && on.length < all) on.forEach((value) => parts.append(name, value));
    }
    if (data.get("method") !== DEFAULTS.method) parts.set("method", data.get("method"));
    if (data.get("theme")) parts.set("theme", data.get("theme"));
    if (data.get("mixed")) parts.set("mixed", "1");
    const cities = new URLSearchParams(location.search).get("cities");
    return "?" + parts.toString() + (cities ? "&cities=" + cities : "");
  }
  function follow() {
    const search = address();
    if (search === location.search) return;
    history.pushState(null, "", location.pathname + search);
    brush(null);
    window.dash_clientside.set_props(STATE, { data: search });
  }
  document.addEventListener("change", function (event) {
    if (event.target.closest && event.target.closest("#" + FORM)) follow();
  });
  document.addEventListener("submit", function (event) {
    if (event.target.id === FORM) { event.preventDefault(); follow(); }
  });
  window.addEventListener("popstate", function () { if (form()) form().reset(); });

  /* Points chosen in the picture, as a set of ids, or null for none. */
  function brush(ids) {
    brushed = ids && ids.size ? ids : null;
    const page = document.querySelector(".explore");
    if (!page) return;
    page.classList.toggle("is-brushed", Boolean(brushed));
    page.querySelectorAll("[data-point]").forEach(function (one) {
      one.classList.toggle("brushed", Boolean(brushed && brushed.has(one.dataset.point)));
    });
    show();
  }
  function show() {
    const words = document.querySelector("[data-brushed-words]");
    if (!words) return;
    const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
    const asked = fold(document.querySelector("[data-filters]").value.trim());
    document.querySelectorAll("#explore-page-table tbody tr").forEach(function (row) {
      const fits = fold(row.textContent).includes(asked);
      row.hidden = !fits || Boolean(brushed && !brushed.has(row.dataset.point));
    });
    words.textContent = brushed ? words.dataset.brushedWords.replace("{count}", brushed.size) : "";
    document.querySelector("[data-unbrush]").hidden = !brushed;
  }
  document.addEventListener("input", function (event) {
    if (event.target.closest("[data-filters]")) show();
  });
  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-unbrush]")) return;
    brush(null);
    const plot = plotDiv();
    if (plot) window.Plotly.restyle(plot, { selectedpoints: [null] });
  });
  new MutationObserver(function () {
    const plot = plotDiv();
    if (!plot || !plot.on || plot.dataset.listening) return;
    plot.dataset.listening = "yes";
    /* Names are placed for a wide picture: on a phone they would cover each other. */
    if (plot.clientWidth < 600) window.Plotly.relayout(plot, { annotations: [] });
    const ids = (data) => new Set((data ? data.points : []).map((point) => point.customdata).filter(Boolean));
    plot.on("plotly_selected", (data) => brush(ids(data)));
    plot.on("plotly_deselect", () => brush(null));
    plot.on("plotly_click", (data) => brush(ids(data)));
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
