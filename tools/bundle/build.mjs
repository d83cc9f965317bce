// Builds assets/plotly/plotly-custom.<version>.min.js: plotly.js with the traces in use, no WebGL,
// no geo; and beside it NOTICES.txt with the licences of all that went into it.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
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
  metafile: true,
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
const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
writeFileSync(`${name}.br`, brotliCompressSync(text, { params }));
writeFileSync(`${out}/NOTICES.txt`, notices(Object.keys(result.metafile.inputs)));

// The licence text of every package that has a file in the bundle, by name.
function notices(inputs) {
  const folders = new Set(inputs.map((path) => path.match(/^(.*node_modules\/(@[^/]+\/)?[^/]+)\//)?.[1]));
  folders.delete(undefined);
  const found = new Map();
  for (const folder of folders) {
    const about = JSON.parse(readFileSync(`${folder}/package.json`));
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const words = file ? readFileSync(`${folder}/${file}`, "utf8").trim() : "(no licence file)";
    const licence = about.license ?? about.licenses?.map((one) => one.type).join(", ");
    found.set(`${about.name} ${about.version}`, `${licence}\n\n${words.replace(/\r\n/g, "\n")}`);
  }
  const rule = `\n\n${"=".repeat(72)}\n`;
  return [...found].sort().map(([title, words]) => `${title}: ${words}`).join(rule) + "\n";
}
