/* The first chart of a visit loads our small bundle of Plotly instead of the full one: Dash asks
   for the address below when it needs the library, and sets it to the full one at start. */
Object.defineProperty(window, "_dashPlotlyJSURL", {
  get: function () { return "/chart-library/plotly-custom.v4.1.1.min.js"; },
  set: function () {},
});
