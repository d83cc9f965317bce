"""What `/methods` says of the plan: the rule of status, its cut points, roll-up, forecast."""

from observatory.domain.plan_figures import CONFIDENCE, FEWEST_POINTS
from observatory.domain.plan_status import CUT_POINTS, DAYS_IN_A_MONTH, RULE_VERSION
from observatory.language import gettext as _
from observatory.views.words import number_text, share_words


def plan_rules() -> list[tuple[str, str]]:
    """The rule of status, entry by entry."""
    cuts = {
        "on_track": number_text(CUT_POINTS.on_track, 2),
        "off_pace": number_text(CUT_POINTS.off_pace, 2),
        "periods": number_text(CUT_POINTS.overdue_periods),
        "known": share_words(CUT_POINTS.known),
        "node_on_track": number_text(CUT_POINTS.node_on_track, 2),
        "node_off_pace": number_text(CUT_POINTS.node_off_pace, 2),
        "month_days": number_text(DAYS_IN_A_MONTH, 4),
        "version": RULE_VERSION,
        "fewest": number_text(FEWEST_POINTS),
        "confidence": share_words(CONFIDENCE),
    }
    return [(term, words.format(**cuts)) for term, words in (*_of_measures(), *_of_the_rest())]


def _of_measures() -> list[tuple[str, str]]:
    return [
        (
            _("Status of a measure"),
            _(
                "B is the baseline on day t0, T the target on day tT, A the newest figure, about "
                "day t. The straight path asks for E = B + (T − B) × (t − t0) ÷ (tT − t0), and "
                "the pace is S = (A − B) ÷ (E − B). Whether more or less is better needs no sign, "
                "since T − B carries it. Rule of {version}."
            ),
        ),
        (_("Achieved"), _("A reaches T; where less is better, a lower bound never does")),
        (
            _("On track, off pace, late"),
            _(
                "S from {on_track}, from {off_pace}, below; a target that is no better than the "
                "baseline is to be held, and late where it is not"
            ),
        ),
        (
            _("Data overdue"),
            _(
                "the figure behind the status is older than {periods} of the measure’s periods, a "
                "month counted as {month_days} days; the status it had is told beside it. A target "
                "stays achieved where nothing later can undo it: reached by the figure of its own "
                "day, or by a total that only grows"
            ),
        ),
        (
            _("Unknown"),
            _(
                "no target, no figure from the plan’s years, nothing to measure the way from, no "
                "direction that is better, or, where less is better, a lower bound that is not "
                "late already: never shown as good"
            ),
        ),
        (
            _("Baseline"),
            _(
                "the last figure from before the plan, unless one is given; 0 on the first day "
                "where figures add up over the plan"
            ),
        ),
        (
            _("Targets"),
            _(
                "official, adopted here, or illustrative. The official targets of 2021 to 2023 "
                "are not public. Illustrative ones are ours: a tenth more than the last figure "
                "before the plan, rounded up; one switch hides them everywhere"
            ),
        ),
    ]


def _of_the_rest() -> list[tuple[str, str]]:
    return [
        (
            _("Status above"),
            _(
                "achieved and on track give 1 point, off pace 0.5, late 0; the mean by weight "
                "makes on track from {node_on_track}, off pace from {node_off_pace}, late below; "
                "achieved only where everything below is. A weight that is not given counts as "
                "1, a weight of 0 leaves out. Where less than {known} of the weight has a status, "
                "it is unknown"
            ),
        ),
        (
            _("As of a day"),
            _(
                "only what was known on that day counts: what a document says from the end of the "
                "period it is about, what is published here from its publication, what is not "
                "dated from the day we looked"
            ),
        ),
        (
            _("Figures as stated"),
            _(
                "“over 380” is a lower bound of 380, “14 (9 countries)” is 14 with a note, words "
                "without a number stay words"
            ),
        ),
        (
            _("Forecast"),
            _(
                "a least-squares line through all figures that are no lower bounds, at the plan’s "
                "last day, with the interval of {confidence} for one more figure; none with fewer "
                "than {fewest}"
            ),
        ),
        (
            _("Computed here"),
            _(
                "members that worked with another, new ties, ties between regions, climate plans "
                "and targets, coverage, freshness, evidence: from the snapshot, anew with each. "
                "A year in which no event on record began has no figure for new ties"
            ),
        ),
        (
            _("The frame"),
            _(
                "objectives and lines are ours, from what the association does in public; "
                "Sustainable Development Goals are assigned by us; an import replaces them"
            ),
        ),
    ]
