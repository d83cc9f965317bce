/* The drawing of the network under a pointer or a finger: inside a mark the member wins, whatever
   ties run below it; and what is drawn for a desk fits a phone. */
(function () {
  "use strict";
  const GRAPH = "network-page-graph", NARROW_PX = 600;
  const MARGIN_PX = { mouse: 3, touch: 8 };

  function plotDiv() {
    const box = document.getElementById(GRAPH);
    return box && box.querySelector(".js-plotly-plot");
  }
  /* Marks of members in the order they are drawn: where they are, how large. */
  function marksOf(plot) {
    const { xaxis, yaxis } = plot._fullLayout;
    const found = [];
    plot.calcdata.forEach(function (points, curve) {
      const ids = plot.data[curve].customdata;
      if (!ids || !String(ids[0]).startsWith("city:")) return;
      points.forEach(function (point, number) {
        found.push({
          id: ids[number].slice(5), curve: curve, number: number, radius: point.mrc || 3,
          x: xaxis.c2p(point.x), y: yaxis.c2p(point.y),
        });
      });
    });
    return found;
  }
  /* The mark at a place: of those it is inside the one on top, else the nearest in the margin. */
  function markAt(plot, event) {
    const frame = plot.querySelector(".nsewdrag").getBoundingClientRect();
    const x = event.clientX - frame.left, y = event.clientY - frame.top;
    const margin = MARGIN_PX[event.pointerType === "touch" || event.touches ? "touch" : "mouse"];
    let best = null, least = margin;
    for (const mark of marksOf(plot)) {
      const beyond = Math.hypot(mark.x - x, mark.y - y) - mark.radius;
      if (beyond <= 0 || beyond < least) { best = mark; least = Math.max(0, beyond); }
    }
    return best;
  }
  /* Plotly alone would tell the smallest thing nearby, which is often the line of two others. */
  function beforeHover(plot, event) {
    const mark = markAt(plot, event);
    plot.classList.toggle("on-mark", mark !== null);
    if (!mark) return true;
    window.Plotly.Fx.hover(plot, [{ curveNumber: mark.curve, pointNumber: mark.number }]);
    return false;
  }
  function choose(plot, data) {
    const mark = data.event && markAt(plot, data.event);
    const [kind, id] = mark ? ["city", mark.id] : String(data.points[0].customdata || "").split(/:(.*)/);
    if (kind === "city") window.dash_clientside.network.look(id);
    if (kind === "tie") window.dash_clientside.passport.open("/tie-window/" + id + location.search, "/ties/" + id);
  }
  /* On a phone: smaller marks, and the names that were placed for them. */
  function fit(plot) {
    const meta = plot.layout.meta;
    if (!meta || !meta.names) return;
    const narrow = plot.clientWidth < NARROW_PX;
    const names = narrow ? meta.names.phone : meta.names.desk, ref = narrow ? 1 / meta.phone.scale : 1;
    const sized = plot.data.flatMap((trace, at) => Array.isArray(trace.marker && trace.marker.size) ? [at] : []);
    const fits = JSON.stringify(plot.layout.annotations) === JSON.stringify(names) &&
      sized.every((at) => (plot.data[at].marker.sizeref || 1) === ref);
    if (!fits) window.Plotly.update(plot, { "marker.sizeref": ref }, { annotations: names }, sized);
  }
  new MutationObserver(function () {
    const plot = plotDiv();
    if (!plot || !plot.on || plot.dataset.listening) return;
    plot.dataset.listening = "yes";
    fit(plot);
    plot.on("plotly_afterplot", () => fit(plot));
    plot.on("plotly_beforehover", (event) => beforeHover(plot, event));
    plot.on("plotly_click", (data) => choose(plot, data));
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
