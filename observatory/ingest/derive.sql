-- Marts, in reading order. Everything a page asks often is answered by one of these.

-- Which status comes first when two figures are about the same period.
CREATE TEMP TABLE status_ranks AS
SELECT *
FROM (VALUES ('observed', 1), ('estimated', 2), ('derived', 3), ('provisional', 4), ('projected', 5))
    AS ranks (status, status_rank);

-- Where an observation stands, by the first half of its id as a number: one that is asked for by
-- its id is found without reading all. Two ids may have the same half; whoever reads compares them.
CREATE TABLE observation_rows AS
SELECT CAST('0x' || observation_id[:8] AS UINTEGER) AS id_half, CAST(rowid AS UINTEGER) AS row_no
FROM observations
ORDER BY id_half, row_no;

-- Figures that another one of the same indicator, place and year comes before: one of a better
-- status, or else of a preferred source. They are few, so that no second copy of all is kept.
CREATE TABLE superseded AS
WITH contested AS (
    SELECT indicator_id, place_id, period_year
    FROM observations
    GROUP BY ALL
    HAVING count(*) > 1
)
SELECT o.observation_id
FROM observations AS o
JOIN contested AS c
    ON c.indicator_id = o.indicator_id
    AND c.place_id = o.place_id
    AND c.period_year IS NOT DISTINCT FROM o.period_year
JOIN status_ranks USING (status)
JOIN sources AS s USING (source_id)
QUALIFY row_number() OVER (
    PARTITION BY o.indicator_id, o.place_id, o.period_year
    ORDER BY status_rank, s.rank, o.observation_id
) > 1
ORDER BY o.observation_id;

-- One figure per indicator, place and year: the best status, then the preferred source.
CREATE VIEW annual AS
SELECT o.*
FROM observations AS o
ANTI JOIN superseded USING (observation_id);

-- The newest figure per indicator and place: period, status, source, id. A projection is
-- never the latest where a figure about the past is held; what has no year is the oldest.
-- With it, how many years of numbers there are at its scale: what is long enough for a line is
-- known without reading the series.
CREATE TABLE latest AS
WITH newest AS (
    SELECT arg_max(observation_id, (status <> 'projected', coalesce(period_year, 0))) AS observation_id
    FROM annual
    GROUP BY indicator_id, place_id
),
series AS (
    SELECT indicator_id, place_id, scale, count(*) AS years
    FROM annual
    WHERE value IS NOT NULL AND period_year IS NOT NULL
    GROUP BY indicator_id, place_id, scale
)
SELECT o.*, coalesce(s.years, 0) AS years
FROM observations AS o
SEMI JOIN newest USING (observation_id)
LEFT JOIN series AS s USING (indicator_id, place_id, scale)
ORDER BY o.indicator_id, o.place_id;

-- Why a member has no figure of an indicator: one row per gap, one reason code each.
CREATE TABLE gaps AS
WITH held AS (
    SELECT indicator_id, place_id FROM latest
),
loaded AS (
    SELECT DISTINCT source_id FROM matches
)
SELECT
    i.indicator_id,
    c.city_id,
    CASE
        WHEN loaded.source_id IS NULL AND s.licence_class = 'restricted' THEN 'licence'
        WHEN loaded.source_id IS NULL THEN 'no-source'
        WHEN m.city_id IS NULL THEN 'not-read'
        WHEN m.reason_code IS NOT NULL THEN m.reason_code
        ELSE 'not-reported'
    END AS reason_code,
    CASE WHEN loaded.source_id IS NOT NULL THEN m.reason END AS reason
FROM indicators AS i
CROSS JOIN cities AS c
JOIN sources AS s USING (source_id)
LEFT JOIN loaded USING (source_id)
LEFT JOIN matches AS m ON m.source_id = i.source_id AND m.city_id = c.city_id
LEFT JOIN held ON held.indicator_id = i.indicator_id
    AND held.place_id = CASE WHEN i.scale = 'national' THEN c.iso3 ELSE c.city_id END
WHERE held.place_id IS NULL
ORDER BY i.indicator_id, c.city_id;

-- How much of each theme is held for each member. National context is counted apart by theme.
CREATE TABLE coverage AS
SELECT
    c.city_id,
    i.theme,
    count(*) - count(g.city_id) AS held,
    count(*) AS possible,
    count(*) FILTER (g.reason_code = 'licence') AS withheld
FROM cities AS c
CROSS JOIN indicators AS i
LEFT JOIN gaps AS g ON g.city_id = c.city_id AND g.indicator_id = i.indicator_id
GROUP BY c.city_id, i.theme
ORDER BY c.city_id, i.theme;

-- What each indicator holds: members with a figure, years, and rows.
CREATE TABLE holdings AS
SELECT
    i.indicator_id,
    (SELECT count(*) FROM cities) - (
        SELECT count(*) FROM gaps AS g WHERE g.indicator_id = i.indicator_id
    ) AS cities_held,
    min(a.period_year) AS first_year,
    max(a.period_year) AS last_year,
    count(a.observation_id) AS observations
FROM indicators AS i
LEFT JOIN annual AS a USING (indicator_id)
GROUP BY i.indicator_id
ORDER BY i.indicator_id;

-- How much an indicator typically moves in a year: the median over all steps from one figure of
-- a place to its next. Rank bands use it where the figures of a ranking are of different years.
CREATE TABLE yearly_changes AS
WITH steps AS (
    SELECT indicator_id,
           abs(value - lag(value) OVER place) / (period_year - lag(period_year) OVER place) AS change
    FROM annual
    WHERE value IS NOT NULL AND period_year IS NOT NULL AND status <> 'projected'
    WINDOW place AS (PARTITION BY indicator_id, place_id ORDER BY period_year)
)
SELECT indicator_id, median(change) AS change_per_year, count(change) AS steps
FROM steps
GROUP BY indicator_id
HAVING count(change) > 0
ORDER BY indicator_id;

-- What joins two members: one row per pair and shared event, and per pair and year of an air
-- link. The id that comes first in the alphabet stands first. Roles that make no tie are out.
CREATE TABLE tie_evidence AS
WITH taking_part AS (
    SELECT p.event_id, p.city_id, string_agg(DISTINCT p.role, ';' ORDER BY p.role) AS roles
    FROM participations AS p
    JOIN events USING (event_id)
    JOIN event_kinds AS k USING (kind)
    WHERE p.city_id IS NOT NULL
      AND NOT list_contains(string_split(coalesce(k.roles_without_tie, ''), ';'), p.role)
    GROUP BY p.event_id, p.city_id
)
SELECT a.city_id AS city_a, b.city_id AS city_b, e.kind, e.event_id, e.themes,
       e.year_start, e.year_end, a.roles AS roles_a, b.roles AS roles_b, NULL::INTEGER AS routes
FROM taking_part AS a
JOIN taking_part AS b ON b.event_id = a.event_id AND a.city_id < b.city_id
JOIN events AS e ON e.event_id = a.event_id
UNION ALL
SELECT city_a, city_b, 'air_link', NULL, NULL, period_year, period_year, NULL, NULL, routes
FROM air_links
ORDER BY city_a, city_b, kind, event_id, year_start;
