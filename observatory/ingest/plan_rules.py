"""What concerns several tables of the plan: name, the rule in words, and the rows that break it."""

NODES = """
    SELECT objective_id AS node_id FROM staged_objectives
    UNION ALL SELECT line_id FROM staged_plan_lines
    UNION ALL SELECT initiative_id FROM staged_initiatives
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
