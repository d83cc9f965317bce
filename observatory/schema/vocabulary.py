"""The words that columns may hold, and the version of the tables as a whole."""

SCHEMA_VERSION = 4

STATUSES = ("observed", "estimated", "projected", "provisional", "derived")
SCALES = ("metro", "city", "national")
KINDS = ("number", "category", "flag")
POLARITIES = ("higher", "lower", "none")
EVIDENCE_LEVELS = ("A", "B", "C", "D")
LICENCE_CLASSES = ("open", "restricted")
REGIONS = (
    "Africa",
    "Asia-Pacific",
    "Europe",
    "Latin America & Caribbean",
    "North America",
)
MEMBER_KINDS = ("city", "metropolitan area", "province/region")
STANDS_FOR = ("city", "metropolis", "region")
OUTCOMES = ("matched", "ambiguous", "unmatched")
EVENT_KINDS = (
    "pilot_project",
    "working_group",
    "initiative",
    "learning",
    "governance",
    "award",
    "congress",
    "air_link",
)
TIE_STRENGTHS = ("strong", "weak", "air")

INITIATIVE_KINDS = (
    "congress",
    "forum",
    "campaign",
    "knowledge",
    "learning",
    "community",
    "project",
    "award",
    "cross_cutting",
    "membership",
    "body",
)
STAGES = ("planned", "under_way", "done", "stopped", "unknown")
PLAN_POLARITIES = ("up", "down", "neutral")
VALUE_CHAIN_STAGES = ("Input", "Input_Processing", "Output", "Output_Processing", "Outcome")
ACCUMULATIONS = ("level", "periodic", "cumulative")
RELATIONS = ("exact", "over", "at_least", "about", "derived", "words")
STANDINGS = ("official", "adopted", "illustrative")
