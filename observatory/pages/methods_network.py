"""The network's rules and measures, as `/methods` explains them."""

from observatory.domain.communities import RUNS
from observatory.domain.inclusion import DRAWS, SILENT_AFTER
from observatory.domain.network_metrics import MEASURES
from observatory.language import gettext as _
from observatory.pages.network_words import measure_definition, measure_title
from observatory.views.words import number_text


def network_rules() -> list[tuple[str, str]]:
    """How ties come about, and what each measure is."""
    measures = [(measure_title(one), measure_definition(one)) for one in MEASURES]
    return [
        (
            _("Tie"),
            _(
                "Two members have a tie where both took part in the same event. Its strength is "
                "the sum of the weights of the kinds of those events; the weights are ours and "
                "can be changed on the page. Hosts of an award are tied to nobody by it. One event "
                "with many participants ties all of them to each other, which counts for more "
                "partners than it may deserve: kinds can be left out."
            ),
        ),
        (
            _("Working together, meeting, flights"),
            _(
                "Projects, working groups, initiatives and learning count as working together; "
                "governance, awards and congresses as meeting. Flights without a stop are kept "
                "apart from both."
            ),
        ),
        (
            _("Years"),
            _(
                "An event is in a window of years where any of its years is. Where the last year "
                "is not on record, it is known for its first alone. Events without a year are in "
                "no window unless asked for."
            ),
        ),
        (
            _("Themes of events"),
            _("Those of the catalogue that its title names; none where it names none."),
        ),
        *measures,
        (
            _("Communities"),
            _(
                "Louvain's method by strength of ties, the best of {runs} runs with fixed seeds. "
                "How firm the grouping is, is the adjusted Rand index between runs."
            ).format(runs=number_text(RUNS)),
        ),
        (
            _("Assortativity"),
            _(
                "Newman's coefficient: for regions, how far ties stay within them; for the "
                "country's income per person, the correlation of the two ends of all ties."
            ),
        ),
        (
            _("Ties between regions, and chance"),
            _(
                "The configuration model: every member keeps its number of ties, and loose ends "
                "are joined at random {draws} times; joins of a member to itself are left out."
            ).format(draws=number_text(DRAWS)),
        ),
        (
            _("Fallen silent"),
            _("The last tie on record ended {years} years or more before the last year.").format(
                years=number_text(SILENT_AFTER)
            ),
        ),
    ]
