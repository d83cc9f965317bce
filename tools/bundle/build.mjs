// Builds assets/plotly/plotly-custom.<version>.min.js: plotly.js with the traces in use, no WebGL, no geo.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const { version } = JSON.parse(readFileSync(require.resolve("plotly.js/package.json")));
const out = process.argv[2] ?? "../../assets/plotly";
const entry = `
import Plotly from "plotly.js/lib/core.js";
import bar from "plotly.js/lib/bar.js";
import heatmap from "plotly.js/lib/heatmap.js";
Plotly.register([bar, heatmap]);
window.Plotly = Plotly;
export default Plotly;
`;
const result = await build({
  stdin: { contents: entry, resolveDir: process.cwd() },
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: "es2020",
  define: { global: "window", "define.amd": "false", "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  loader: { ".css": "empty" }, // the style of map tiles, which we do not draw
  alias: { stream: "stream-browserify" },
});
const banner = `/* plotly.js ${version}: scatter, bar, heatmap. MIT, Copyright Plotly, Inc. */\n`;
const text = Buffer.from(banner + result.outputFiles[0].text);
mkdirSync(out, { recursive: true });
const name = `${out}/plotly-custom.v${version}.min.js`;
writeFileSync(name, text);
writeFileSync(`${name}.gz`, gzipSync(text, { level: 9 }));
writeFileSync(`${name}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
