"""Terms explained on `/methods`: statuses, reasons, scales, classes, glossary."""

from observatory.language import gettext as _
from observatory.views.words import (
    freshness_word,
    reason_words,
    scale_word,
    status_word,
    theme_title,
)


def statuses() -> list[tuple[str, str]]:
    """Statuses of a figure, the preferred first."""
    meanings = {
        "observed": _("counted, measured or reported as it is"),
        "estimated": _("modelled or estimated by the publisher"),
        "derived": _("computed here from figures of one source"),
        "provisional": _("to be revised by the publisher"),
        "projected": _("about a time that had not come when it was published; drawn dotted"),
    }
    return [(theme_title(status_word(code)), words) for code, words in meanings.items()]


def reasons() -> list[tuple[str, str]]:
    """Why there is no figure: the words on the pages, and what they mean."""
    meanings = {
        "licence": _("The source exists, but its terms do not let us pass its figures on."),
        "no-source": _("We know the source, but have not read in a file of it."),
        "not-listed": _(
            "The source does not list the place; many cover only cities above a certain size."
        ),
        "other-body": _(
            "The source has a figure for another government or boundary of the same name."
        ),
        "ambiguous": _("More than one place or member fits; nothing is guessed."),
        "not-reported": _("The source lists the place, without a figure of this indicator."),
        "failed-check": _("There is a figure, but it failed a check of plausibility."),
        "not-this-year": _("There are figures, but none for the year that was chosen."),
    }
    return [
        (theme_title(reason_words(code)), f"{meaning} ({code})")
        for code, meaning in meanings.items()
    ]


def scales() -> list[tuple[str, str]]:
    """Geographic scales of figures."""
    return [
        (
            theme_title(scale_word("metro")),
            _("an urban agglomeration, urban centre or metropolitan area, as the source draws it"),
        ),
        (theme_title(scale_word("city")), _("the city proper or the area of its government")),
        (
            theme_title(scale_word("national")),
            _(
                "a country: context, shown apart and with a diamond on the map, never the value "
                "of a city"
            ),
        ),
        (
            _("Compared"),
            _(
                "only figures of the same scale stand in one strip, and no ratio is made across "
                "boundaries"
            ),
        ),
    ]


def class_methods() -> list[tuple[str, str]]:
    """How values are put into classes on the map."""
    return [
        (_("Equal counts"), _("five classes with as many members each, as far as ties allow")),
        (_("Natural breaks"), _("five classes with the least spread within (Fisher and Jenks)")),
        (_("Equal steps"), _("five classes of the same width from the lowest to the highest")),
        (_("Continuous"), _("a fine ramp of 24 equal steps from the lowest to the highest")),
        (_("Limits"), _("a class holds its upper limit; the lowest also its lower one")),
    ]


def glossary() -> list[tuple[str, str]]:
    """Words used on all pages."""
    return [
        (_("Member"), _("a government in the association: a city, a metropolitan area, a region")),
        (_("Indicator"), _("what is counted, with unit, method, source and scale")),
        (_("Figure"), _("one indicator at one place in one period, with where it comes from")),
        (_("Passport"), _("all that is known about a figure; open a value to read it")),
        (_("Gap"), _("a figure that is not held; its reason is kept")),
        (_("Source"), _("a published work that figures are taken from")),
        (_("Last look"), _("the day we last looked at a source; it says nothing of its period")),
        (
            _("Snapshot"),
            _("one published state of all data; the same facts give the same snapshot id"),
        ),
        (_("Median"), _("the value with as many members above it as below")),
    ]


def freshness_states() -> list[tuple[str, str]]:
    """States of the last look, and what they mean."""
    meanings = {
        "current": _("the next edition is not to be expected yet, by the source's rhythm"),
        "due": _("a newer edition may be out: within half a rhythm after it is to be expected"),
        "overdue": _("half a rhythm or more has gone by since then"),
        "archived": _("the publisher brings out no newer edition; never called current"),
        "unknown": _("nobody has recorded a look"),
    }
    return [(theme_title(freshness_word(state)), words) for state, words in meanings.items()]


def peer_rules() -> list[tuple[str, str]]:
    """How members alike in conditions are found."""
    return [
        (
            _("Conditions"),
            _(
                "size (people in the urban agglomeration), growth of the agglomeration over the "
                "ten years before its newest figure, density of the urban centre, income per "
                "person of the country, climate (Köppen-Geiger); nothing a government does"
            ),
        ),
        (
            _("Difference in a number"),
            _(
                "the distance of two values, divided by the distance of the tenth and the "
                "ninetieth percentile of all members, at most 1; size, density and income by "
                "their logarithms, since twice as much is the same step everywhere"
            ),
        ),
        (
            _("Difference in climate"),
            _(
                "0 for the same main group and second letter, 0.5 for the same main group only, "
                "1 for another"
            ),
        ),
        (
            _("Distance"),
            _(
                "the weighted mean of the differences (Gower 1971); each condition weighs 1, or 0 "
                "to 3 as the reader chooses"
            ),
        ),
        (
            _("Missing data"),
            _(
                "a condition that is not known of both counts 0.5, neither alike nor unlike; two "
                "members are compared only where what is known of both carries 60 % of the "
                "weight; a member that knows less has no peers and is nobody's peer"
            ),
        ),
        (
            _("One place"),
            _(
                "a city and its metropolitan area share their conditions because they share "
                "their ground: neither is the other's peer, and of several members of one other "
                "place the most alike stands for it"
            ),
        ),
        (_("Ties"), _("members at the same distance follow the order of their ids")),
    ]


def standing_rules() -> list[tuple[str, str]]:
    """How strengths and gaps are found."""
    return [
        (_("Group"), _("the peers; all members where there are fewer than eight peers")),
        (
            _("Indicators judged"),
            _(
                "those with a better end, not of the country, for which at least 60 % of the "
                "group have a figure of the same scale, and whose years can be held against each "
                "other; no totals, which follow the size of a city, and no hazards or climate, "
                "which are nobody’s doing"
            ),
        ),
        (
            _("Score"),
            _(
                "the share of the group's figures it is surely ahead of, less the share it is "
                "surely behind, by the bands above: from -1 to 1"
            ),
        ),
        (_("Strengths"), _("the three highest scores, if 0.5 or more")),
        (_("Gaps"), _("the three lowest scores, if -0.5 or less")),
        (
            _("One of a theme"),
            _("of each theme only the clearest counts: its figures often say the same twice"),
        ),
    ]


def association_rules() -> list[tuple[str, str]]:
    """How two indicators are set against each other on `/explore`."""
    return [
        (
            _("Coefficient"),
            _(
                "Pearson’s r of the values or Spearman’s ρ of their ranks, over the cities that "
                "have both; none under ten cities, or where one of the two is the same everywhere"
            ),
        ),
        (
            _("Interval"),
            _(
                "95 %, by Fisher’s z; for Spearman with the variance made 6 % larger (Fieller, "
                "Hartley and Pearson 1957). Where it holds nought, nothing is said of a direction"
            ),
        ),
        (
            _("Line"),
            _(
                "least squares on the axes as they are drawn, logarithmic ones too; the band is "
                "the 95 % interval of its mean"
            ),
        ),
        (
            _("Periods"),
            _("the newest figures of a city, at most so many years apart as the window says"),
        ),
        (
            _("Scales"),
            _(
                "unlike scales are kept apart unless the reader allows it; where both figures are "
                "of countries, each country counts once"
            ),
        ),
    ]
