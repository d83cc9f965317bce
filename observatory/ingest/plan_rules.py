"""What concerns several tables of the plan: name, the rule in words, and the rows that break it."""

NODES = """
    SELECT objective_id AS node_id FROM staged_objectives WHERE objective_id IS NOT NULL
    UNION ALL SELECT line_id FROM staged_plan_lines WHERE line_id IS NOT NULL
    UNION ALL SELECT initiative_id FROM staged_initiatives WHERE initiative_id IS NOT NULL
"""
NODES_IN_FILES = """
    SELECT file_name, row_number, 1 AS level, objective_id AS found FROM staged_objectives
    UNION ALL SELECT file_name, row_number, 2, line_id FROM staged_plan_lines
    UNION ALL SELECT file_name, row_number, 3, initiative_id FROM staged_initiatives
"""

PLAN_RULES = (
    (
        "node_id",
        "plan, or the id of an objective, a line or an initiative",
        f"""
        SELECT file_name, row_number, node_id AS found
        FROM staged_measures
        WHERE node_id <> 'plan' AND node_id NOT IN ({NODES})
        """,
    ),
    (
        "node_id",
        "plan, or the id of an objective, a line or an initiative",
        f"""
        SELECT file_name, row_number, node_id AS found
        FROM staged_milestones
        WHERE node_id <> 'plan' AND node_id NOT IN ({NODES})
        """,
    ),
    (
        "id",
        "an id that is not plan and that no other level has",
        f"""
        SELECT file_name, row_number, found
        FROM ({NODES_IN_FILES})
        WHERE found = 'plan'
           OR found IN (
               SELECT found FROM ({NODES_IN_FILES}) GROUP BY found HAVING count(DISTINCT level) > 1
           )
        """,
    ),
    (
        "measure_id",
        "an id that no objective, line or initiative has",
        f"""
        SELECT file_name, row_number, measure_id AS found
        FROM staged_measures
        WHERE measure_id = 'plan' OR measure_id IN ({NODES})
        """,
    ),
    (
        "cities",
        "ids of members, with ; between them",
        """
        SELECT file_name, row_number, found
        FROM (
            SELECT file_name, row_number, unnest(string_split(cities, ';')) AS found
            FROM staged_initiatives
        )
        WHERE found NOT IN (SELECT city_id FROM staged_cities WHERE city_id IS NOT NULL)
        """,
    ),
    (
        "events",
        "ids of events of the network, with ; between them",
        """
        SELECT file_name, row_number, found
        FROM (
            SELECT file_name, row_number, unnest(string_split(events, ';')) AS found
            FROM staged_initiatives
        )
        WHERE found NOT IN (SELECT event_id FROM staged_events WHERE event_id IS NOT NULL)
        """,
    ),
    (
        "themes",
        "themes of the catalogue, with ; between them",
        """
        SELECT file_name, row_number, found
        FROM (
            SELECT file_name, row_number, unnest(string_split(themes, ';')) AS found
            FROM staged_initiatives
        )
        WHERE found NOT IN (SELECT theme FROM staged_indicators WHERE theme IS NOT NULL)
        """,
    ),
    (
        "sdgs",
        "numbers from 1 to 17, with ; between them",
        """
        SELECT file_name, row_number, found
        FROM (
            SELECT file_name, row_number, unnest(string_split(sdgs, ';')) AS found
            FROM staged_initiatives
        )
        WHERE coalesce(TRY_CAST(found AS INTEGER), 0) NOT BETWEEN 1 AND 17
        """,
    ),
    (
        "ends_on",
        "a day not before starts_on",
        """
        SELECT file_name, row_number, ends_on AS found
        FROM (
            SELECT file_name, row_number, starts_on, ends_on FROM staged_plans
            UNION ALL SELECT file_name, row_number, starts_on, ends_on FROM staged_initiatives
        )
        WHERE TRY_CAST(ends_on AS DATE) < TRY_CAST(starts_on AS DATE)
        """,
    ),
    (
        "value",
        "no figure where it is in words, and a figure everywhere else",
        """
        SELECT file_name, row_number, coalesce(value, 'nothing') AS found
        FROM staged_actuals
        WHERE (value IS NULL) <> (relation = 'words')
        """,
    ),
    (
        "plan_id",
        "one plan",
        """
        SELECT file_name, row_number, plan_id AS found
        FROM staged_plans
        QUALIFY row_number() OVER (ORDER BY row_number) > 1
        """,
    ),
)
