/* The Atlas in the browser: controls to address, selection shared by map, list and strip. */
(function () {
  "use strict";
  const MAP = "atlas-page-map", STATE = "atlas-page-state", FORM = "atlas-page-form";
  const DEFAULTS = { method: "quantile", palette: "sequential" };
  let playing = null;

  function form() { return document.getElementById(FORM); }
  function slider() { return document.getElementById(FORM + "-year"); }
  function years() { return slider() && slider().dataset.years ? slider().dataset.years.split(",") : []; }
  function currentCity() { return new URLSearchParams(location.search).get("city") || ""; }

  /* The address of what the form says; what is as by default is left out. */
  function address() {
    const data = new FormData(form());
    const parts = new URLSearchParams({ indicator: data.get("indicator") });
    if (!data.get("latest") && years()[data.get("year")]) parts.set("year", years()[data.get("year")]);
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
    if (currentCity()) parts.set("city", currentCity());
    return "?" + parts.toString();
  }
  function showYear() {
    const output = form().querySelector(".year-shown");
    const latest = form().elements.latest.checked;
    output.textContent = latest ? output.dataset.newest : years()[slider().value] || output.dataset.newest;
    slider().setAttribute("aria-valuetext", output.textContent);
  }
  function follow(changed) {
    /* Another indicator has other years: its newest figures first. */
    if (changed && changed.name === "indicator") form().elements.latest.checked = true;
    const search = address();
    showYear();
    if (search === location.search) return;
    history[playing ? "replaceState" : "pushState"](null, "", location.pathname + search);
    window.dash_clientside.set_props(STATE, { data: search });
  }
  /* The year control of the answer, put in place where the years are others. */
  function showYears(markup) {
    const box = document.createElement("div");
    box.innerHTML = markup;
    const fresh = box.firstElementChild;
    if (form() && fresh.querySelector("[data-years]").dataset.years !== slider().dataset.years) {
      form().querySelector(".control-year").replaceWith(fresh);
    }
    return window.dash_clientside.no_update;
  }
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlas = { showYears: showYears };
  document.addEventListener("input", function (event) {
    if (event.target === slider()) { form().elements.latest.checked = false; showYear(); }
  });
  document.addEventListener("change", function (event) {
    if (event.target.closest && event.target.closest("#" + FORM)) follow(event.target);
  });
  document.addEventListener("submit", function (event) {
    if (event.target.id === FORM) event.preventDefault();
  });
  window.addEventListener("popstate", function () { if (form()) form().reset(); });

  function mapDiv() {
    const box = document.getElementById(MAP);
    return box && box.querySelector(".js-plotly-plot");
  }
  function pointOf(city) {
    const plot = mapDiv();
    if (!plot || !plot.data) return null;
    for (const index of [1, 2]) {
      const trace = plot.data[index];
      const at = (trace.customdata || []).indexOf(city);
      if (at >= 0) {
        const full = plot.calcdata[index][at];
        return full ? [full.x, full.y] : null;
      }
    }
    return null;
  }
  function ring(city) {
    const plot = mapDiv();
    if (!plot || !window.Plotly || !window.Plotly.restyle) return;
    const point = city ? pointOf(city) : null;
    window.Plotly.restyle(plot, { x: [point ? [point[0]] : []], y: [point ? [point[1]] : []] }, [3]);
  }
  /* Smaller marks on a small map: at the size for a desk they would cover each other. */
  function fitMarks(plot) {
    const known = plot.data[2].marker.size;
    const wanted = plot.clientWidth < 600 ? 7 : 11;
    if (known === wanted) return;
    window.Plotly.restyle(plot, { "marker.size": [wanted - 2, wanted, wanted + 9, wanted / 2 - 0.5] }, [1, 2, 3, 4]);
  }
  function mark(city, chosen) {
    document.querySelectorAll(".atlas .tick-here").forEach((el) => el.classList.remove("tick-here"));
    if (city) {
      document.querySelectorAll('.atlas .tick[data-city="' + CSS.escape(city) + '"]').forEach((el) => el.classList.add("tick-here"));
    }
    if (chosen) {
      document.querySelectorAll(".ranked").forEach((el) => el.setAttribute("aria-pressed", String(el.dataset.city === city)));
    }
    ring(city);
  }
  function choose(city, scroll) {
    const parts = new URLSearchParams(location.search);
    if (city) parts.set("city", city); else parts.delete("city");
    const search = parts.toString();
    history.replaceState(null, "", location.pathname + (search ? "?" + search : ""));
    mark(city, true);
    const item = city && document.querySelector('.ranked[data-city="' + CSS.escape(city) + '"]');
    const announcer = document.getElementById("frame-announcer");
    if (item && scroll) {
      const list = item.closest(".ranking");
      list.scrollTop = item.offsetTop - list.offsetTop - list.clientHeight / 2;
    }
    if (announcer) announcer.textContent = item ? item.innerText.replace(/\s+/g, " ") : "";
  }
  document.addEventListener("click", function (event) {
    const item = event.target.closest(".ranked, .atlas .tick[data-city]");
    if (item) choose(item.dataset.city === currentCity() ? "" : item.dataset.city, !item.classList.contains("ranked"));
    if (event.target.closest("#" + FORM + "-play")) play(event.target.closest("button"));
    const jump = event.target.closest('a[href="#atlas-page-table"]');
    if (jump) { const box = document.querySelector("#atlas-page-table details"); if (box) box.open = true; }
  });
  ["focusin", "mouseover"].forEach((kind) => document.addEventListener(kind, function (event) {
    const item = event.target.closest && event.target.closest(".ranked");
    if (item) mark(item.dataset.city, false);
  }));
  ["focusout", "mouseout"].forEach((kind) => document.addEventListener(kind, function (event) {
    if (event.target.closest && event.target.closest(".ranked")) mark(currentCity(), false);
  }));
  /* Two stops for the whole list, the name and the figure of one row: arrows move the row. */
  document.addEventListener("focusin", function (event) {
    const row = event.target.closest && event.target.closest(".ranked-row");
    if (!row) return;
    row.parentElement.querySelectorAll('[tabindex="0"]').forEach((one) => { one.tabIndex = -1; });
    row.querySelectorAll("[tabindex]").forEach((one) => { one.tabIndex = 0; });
  });
  document.addEventListener("keydown", function (event) {
    const row = event.target.closest && event.target.closest(".ranked-row");
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = [...row.parentElement.children], at = all.indexOf(row);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || !all[to]) return;
    event.preventDefault();
    all[to].querySelector(event.target.matches("a") ? "a" : ".ranked").focus();
  });
  new MutationObserver(function () {
    const plot = mapDiv();
    if (plot && plot.on && !plot.dataset.listening) {
      plot.dataset.listening = "yes";
      plot.on("plotly_afterplot", () => fitMarks(plot));
      fitMarks(plot);
      plot.on("plotly_click", (data) => choose(data.points[0].customdata, true));
      if (currentCity()) mark(currentCity(), true);
    }
    if (!form() && playing) { clearInterval(playing); playing = null; }
  }).observe(document.documentElement, { childList: true, subtree: true });

  function play(button) {
    if (playing) {
      clearInterval(playing); playing = null; button.textContent = "▶"; return;
    }
    let position = 0;
    button.textContent = "■";
    const last = years().length - 1;
    const step = function () {
      if (!form()) return;
      form().elements.latest.checked = false;
      slider().value = position;
      follow();
      if (position >= last) { clearInterval(playing); playing = null; button.textContent = "▶"; return; }
      position += 1;
    };
    playing = setInterval(step, 1100);
    step();
  }
})();
