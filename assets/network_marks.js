/* The drawing of the network under a pointer or a finger: inside a mark the member wins, whatever
   ties run below it; elsewhere the nearest line, all along it; and what is drawn for a desk fits a
   phone. */
(function () {
  "use strict";
  const GRAPH = "network-page-graph", NARROW_PX = 600;
  const MARGIN_PX = { mouse: 3, touch: 8 }; // around a mark
  const REACH_PX = { mouse: 6, touch: 12 }; // to either side of a line
  const ALIKE_PX = 1; // of lines so near to each other the stronger one, which comes first

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
  /* Lines, the strongest first: from mark to mark by way of the unseen points they are held by. */
  function linesOf(plot, marks) {
    const curve = plot.data.findIndex((trace) => String((trace.customdata || [])[0]).startsWith("tie:"));
    if (curve < 0) return [];
    const { xaxis, yaxis } = plot._fullLayout, { x, y, customdata } = plot.data[curve];
    const ends = new Map(marks.map((mark) => [mark.id, mark]));
    const found = [];
    for (let at = 0; at < x.length; at += 1) {
      const id = customdata[at].slice(4);
      if (at === 0 || customdata[at] !== customdata[at - 1]) found.push({ id: id, curve: curve, held: [] });
      found[found.length - 1].held.push({ number: at, x: xaxis.c2p(x[at]), y: yaxis.c2p(y[at]) });
    }
    found.forEach(function (line) {
      const [start, end] = line.id.split("~").map((id) => ends.get(id));
      line.way = [start, ...line.held, end].filter(Boolean);
    });
    return found;
  }
  function placeOf(plot, event) {
    const frame = plot.querySelector(".nsewdrag").getBoundingClientRect();
    const by = event.pointerType === "touch" || event.touches ? "touch" : "mouse";
    return { x: event.clientX - frame.left, y: event.clientY - frame.top, by: by };
  }
  function distance(place, from, to) {
    const dx = to.x - from.x, dy = to.y - from.y, length = dx * dx + dy * dy;
    const along = length ? ((place.x - from.x) * dx + (place.y - from.y) * dy) / length : 0;
    const on = Math.min(1, Math.max(0, along));
    return Math.hypot(place.x - from.x - on * dx, place.y - from.y - on * dy);
  }
  /* The line at a place, with the point that holds it nearest to the place. */
  function lineAt(plot, place, marks) {
    let best = null, least = REACH_PX[place.by] + ALIKE_PX;
    for (const line of linesOf(plot, marks)) {
      for (let at = 1; at < line.way.length; at += 1) {
        const away = distance(place, line.way[at - 1], line.way[at]);
        if (away < least - ALIKE_PX) { best = line; least = away; }
      }
    }
    if (!best) return null;
    const near = (one) => Math.hypot(one.x - place.x, one.y - place.y);
    const held = best.held.reduce((one, other) => (near(other) < near(one) ? other : one));
    return { id: best.id, curve: best.curve, number: held.number };
  }
  /* The mark at a place: of those it is inside the one on top, else the nearest in the margin. */
  function markAt(place, marks) {
    const { x, y } = place, margin = MARGIN_PX[place.by];
    let best = null, least = margin;
    for (const mark of marks) {
      const beyond = Math.hypot(mark.x - x, mark.y - y) - mark.radius;
      if (beyond <= 0 || beyond < least) { best = mark; least = Math.max(0, beyond); }
    }
    return best;
  }
  /* What is at the place of an event: a member or a tie; null for neither. */
  function foundAt(plot, event) {
    const place = placeOf(plot, event), marks = marksOf(plot);
    const mark = markAt(place, marks);
    if (mark) return { kind: "city", ...mark };
    const line = lineAt(plot, place, marks);
    return line && { kind: "tie", ...line };
  }
  /* Plotly alone would tell the smallest thing nearby, which is often the line of two others. */
  function beforeHover(plot, event) {
    const found = foundAt(plot, event);
    plot.classList.toggle("on-mark", found !== null);
    if (found) window.Plotly.Fx.hover(plot, [{ curveNumber: found.curve, pointNumber: found.number }]);
    return found === null;
  }
  function choose(plot, data) {
    const found = data.event && foundAt(plot, data.event);
    const [kind, id] = found ? [found.kind, found.id] : String(data.points[0].customdata || "").split(/:(.*)/);
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
