"""What an import would change, in words: kinds of things, their fields, what a file lacks."""

from observatory.language import gettext as _


def plan_kind_word(kind: str) -> str:
    """A kind of thing of a plan, as a heading."""
    return {
        "plan": _("The plan itself"),
        "objectives": _("Objectives"),
        "lines": _("Lines of action"),
        "initiatives": _("Initiatives"),
        "milestones": _("Milestones"),
        "measures": _("Measures"),
        "baselines": _("Baselines"),
        "targets": _("Targets"),
        "actuals": _("Figures"),
        "outlooks": _("Forecasts"),
        "risks": _("Risks"),
        "decisions": _("Decisions"),
        "statements": _("Documents"),
        "principles": _("Values"),
    }[kind]


def plan_field_word(name: str) -> str:
    """A field of a thing of a plan."""
    own = {
        "plan_id": _("id of the plan"),
        "title": _("title"),
        "starts_on": _("first day"),
        "ends_on": _("last day"),
        "motto": _("motto"),
        "frame": _("whose frame it is"),
        "is_official": _("official"),
        "organisation": _("organisation"),
        "vision": _("vision"),
        "mission": _("mission"),
        "weight": _("weight"),
        "note": _("note"),
        "objective_id": _("objective"),
        "line_id": _("line of action"),
        "initiative_id": _("initiative"),
        "node_id": _("part of the plan"),
        "kind": _("kind"),
        "owner": _("who answers for it"),
        "bodies": _("other organisations"),
        "cities": _("members that take part"),
        "events": _("events"),
        "themes": _("themes"),
        "sdgs": _("Sustainable Development Goals"),
        "stage": _("stage"),
        "stages": _("stages by day"),
    }
    return own.get(name) or _field_word_of_figures(name)


def _field_word_of_figures(name: str) -> str:
    """A field of milestones, measures, figures, risks and decisions."""
    return {
        "source_url": _("source"),
        "due_on": _("due"),
        "done_on": _("done"),
        "known_on": _("known from"),
        "unit": _("unit"),
        "polarity": _("better direction"),
        "value_chain_stage": _("stage of the value chain"),
        "accumulation": _("how figures add up"),
        "computed": _("computed as"),
        "rhythm_months": _("rhythm in months"),
        "decimals": _("decimals"),
        "definition": _("definition"),
        "on": _("day"),
        "value": _("value"),
        "standing": _("standing"),
        "relation": _("relation"),
        "as_stated": _("as stated"),
        "period": _("period"),
        "reported_by": _("reported by"),
        "likelihood": _("likelihood"),
        "impact": _("impact"),
        "is_open": _("open"),
        "words": _("words"),
        "state": _("state"),
        "decided_on": _("decided"),
    }.get(name, name)
