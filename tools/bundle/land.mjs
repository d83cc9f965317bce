// Writes datasets/basemap/countries-50m.geojson from world-atlas: Natural Earth, two decimals, small islands left out.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const SMALLEST_SQUARE_DEGREES = 0.02;
const require = createRequire(import.meta.url);
const world = JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json")));
const out = process.argv[2] ?? "../../datasets/basemap/countries-50m.geojson";

const rounded = (ring) =>
  ring
    .map(([x, y]) => [Math.round(x * 100) / 100, Math.round(y * 100) / 100])
    .filter((point, i, all) => i === 0 || point[0] !== all[i - 1][0] || point[1] !== all[i - 1][1]);
const area = (ring) =>
  Math.abs(ring.reduce((sum, [x, y], i) => {
    const [u, v] = ring[(i + 1) % ring.length];
    return sum + x * v - u * y;
  }, 0)) / 2;

const features = feature(world, world.objects.countries).features
  .filter(({ properties }) => properties.name !== "Antarctica")
  .map(({ id, properties, geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const kept = polygons
      .map((rings) => rings.map(rounded).filter((ring) => ring.length > 3))
      .filter((rings) => rings.length && area(rings[0]) >= SMALLEST_SQUARE_DEGREES);
    return {
      type: "Feature",
      properties: { iso_n3: id ?? "", name: properties.name },
      geometry: { type: "MultiPolygon", coordinates: kept },
    };
  })
  .filter(({ geometry }) => geometry.coordinates.length);
writeFileSync(out, `${JSON.stringify({ type: "FeatureCollection", features })}\n`);
