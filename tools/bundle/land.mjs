// Writes datasets/basemap/countries-50m.geojson from world-atlas (Natural Earth): two decimals,
// polygons cut at the antimeridian, small islands and Antarctica left out.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const SMALLEST_SQUARE_DEGREES = 0.02;
const DECIMALS = [2, 3, 4]; // more only where rounding would make an outline cross itself
const require = createRequire(import.meta.url);
const world = JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json")));
const out = process.argv[2] ?? "../../datasets/basemap/countries-50m.geojson";

const area = (ring) =>
  Math.abs(ring.reduce((sum, [x, y], i) => {
    const [u, v] = ring[(i + 1) % ring.length];
    return sum + x * v - u * y;
  }, 0)) / 2;
const isClosed = (ring) => String(ring[0]) === String(ring.at(-1));
const withoutRepeats = (ring) =>
  ring.filter((point, i) => i === 0 || String(point) !== String(ring[i - 1]));

// Longitudes that run on past 180 degrees instead of jumping to the other side of the map.
function unwrapped(ring) {
  let turn = 0;
  return ring.map(([x, y], i) => {
    const step = i === 0 ? 0 : x - ring[i - 1][0];
    if (Math.abs(step) > 180) turn -= 360 * Math.sign(step);
    return [x + turn, y];
  });
}

// The part of a ring on one side of a meridian (side 1: east of it, -1: west of it).
function half(ring, meridian, side) {
  const kept = [];
  ring.slice(0, -1).forEach((point, i) => {
    const next = ring[i + 1];
    const [before, after] = [side * (point[0] - meridian), side * (next[0] - meridian)];
    if (before >= 0) kept.push(point);
    if (before * after < 0) {
      const share = before / (before - after);
      kept.push([meridian, point[1] + share * (next[1] - point[1])]);
    }
  });
  return kept.length ? [...kept, kept[0]] : [];
}

// One polygon as the polygons that lie within 180 degrees west and east.
function cut(rings) {
  if (!rings.some((ring) => unwrapped(ring).some(([x]) => Math.abs(x) > 180))) return [rings];
  if (rings.length > 1) throw new Error("Expected no hole in a polygon that is to be cut.");
  const ring = unwrapped(rings[0]);
  if (!isClosed(ring)) throw new Error("Expected a ring that does not go round a pole.");
  const meridian = ring.some(([x]) => x > 180) ? 180 : -180;
  const inside = half(ring, meridian, -Math.sign(meridian));
  const beyond = half(ring, meridian, Math.sign(meridian)).map(([x, y]) => [x - 2 * meridian, y]);
  return [[inside], [beyond]];
}

const turn = ([ax, ay], [bx, by], [cx, cy]) =>
  Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
const isCrossing = (a, b, c, d) =>
  turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
const isSelfCrossing = (ring) =>
  ring.slice(1).some((b, i) =>
    ring.slice(i + 2).some((d, j) => isCrossing(ring[i], b, ring[i + 1 + j], d)));

function rounded(ring) {
  const tries = DECIMALS.map((decimals) =>
    withoutRepeats(ring.map((point) => point.map((value) => Number(value.toFixed(decimals))))));
  return tries.find((candidate) => !isSelfCrossing(candidate)) ?? tries.at(-1);
}

const features = feature(world, world.objects.countries).features
  .filter(({ properties }) => properties.name !== "Antarctica")
  .map(({ id, properties, geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const kept = polygons
      .flatMap(cut)
      .filter(([outline]) => area(outline) >= SMALLEST_SQUARE_DEGREES)
      .map((rings) => rings.map(rounded).filter((ring) => ring.length > 3));
    return {
      type: "Feature",
      properties: { iso_n3: id ?? "", name: properties.name },
      geometry: { type: "MultiPolygon", coordinates: kept },
    };
  })
  .filter(({ geometry }) => geometry.coordinates.length);
writeFileSync(out, `${JSON.stringify({ type: "FeatureCollection", features })}\n`);
