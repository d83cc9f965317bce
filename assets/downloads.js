/* A chart saved as a picture: with its title, legend, source, snapshot and what to mind drawn in
   (views/components/downloads.py says which). Tables are plain links to the server. */
(function () {
  "use strict";
  const WIDTH = 1400, SIDE = 28, LINE = 18, LETTERS = 205;

  document.addEventListener("click", function (event) {
    const button = event.target.closest && event.target.closest("[data-chart] [data-picture]");
    if (button) savePicture(button.closest("[data-chart]"), button.dataset.picture, button);
  });

  /* Plotly reads some HTML in its texts: what comes from data is only text. */
  function plain(text) { return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"); }

  /* Pieces [text, letters] put into lines that fit the picture. */
  function lines(pieces, between) {
    const found = [];
    let length = Infinity;
    for (const [text, letters] of pieces) {
      if (length + letters > LETTERS) { found.push([]); length = 0; }
      found[found.length - 1].push(text);
      length += letters + between.length;
    }
    return found.map((line) => line.join(between));
  }
  function footOf(row) {
    const marks = JSON.parse(row.dataset.legend).map(function (entry) {
      const [colour, sign, text] = entry;
      return ['<span style="color:' + colour + '">' + sign + "</span> " + plain(text), text.length + 2];
    });
    const words = JSON.parse(row.dataset.lines).map(function (line) {
      return lines(line.split(" ").map((word) => [plain(word), word.length]), " ");
    });
    return { marks: lines(marks, "      "), words: words.flat() };
  }

  function savePicture(row, format, button) {
    const box = document.getElementById(row.dataset.chart);
    const plot = box && (box.querySelector(".js-plotly-plot") || box);
    if (!plot || !plot._fullLayout || !window.Plotly) return;
    const size = plot._fullLayout._size;
    const ink = getComputedStyle(document.body).color;
    const muted = getComputedStyle(row).color;
    const foot = footOf(row);
    const inside = WIDTH - 2 * SIDE - size.l - size.r;
    const plotHeight = Math.min(Math.max(inside * size.h / size.w, 420), 1000);
    const top = 64 + size.t, bottom = size.b + 28 + LINE * 1.3 * foot.marks.length + LINE * foot.words.length + 20;
    const under = function (text, shift, fontSize, colour) {
      return {
        text: text, x: 0, xref: "paper", xanchor: "left", xshift: -size.l, align: "left", showarrow: false,
        y: 0, yref: "paper", yanchor: "top", yshift: -(size.b + shift), font: { size: fontSize, color: colour },
      };
    };
    const notes = [];
    if (foot.marks.length) notes.push(under(foot.marks.join("<br>"), 20, 14, ink));
    notes.push(under(foot.words.join("<br>"), 28 + LINE * 1.3 * foot.marks.length, 12, muted));
    const layout = Object.assign({}, plot.layout, {
      autosize: false,
      paper_bgcolor: getComputedStyle(document.body).backgroundColor,
      margin: { l: SIDE + size.l, r: SIDE + size.r, t: top, b: bottom, pad: 0 },
      title: {
        text: plain(row.dataset.title), x: 0, xref: "container", xanchor: "left", y: 1, yref: "container", yanchor: "top",
        pad: { l: SIDE, t: 24 }, font: { size: 22, color: ink },
      },
      annotations: (plot.layout.annotations || []).concat(notes),
    });
    button.disabled = true;
    window.Plotly.downloadImage({ data: plot.data, layout: layout }, {
      format: format, width: WIDTH, height: Math.round(top + plotHeight + bottom), filename: row.dataset.stem,
    }).finally(function () { button.disabled = false; });
  }
})();
