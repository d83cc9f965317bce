"""The passport of a number: where it comes from, one key away."""

from html import escape

from markupsafe import Markup

from observatory.views.components.escaping import escaped


def passport_link(words: str, observation_id: str) -> Markup:
    """A number that opens its passport: by click or Enter in a window over the page.

    Args:
        words: the number as it is read.
        observation_id: the observation it states.
    """
    address = f"/passport/{escape(observation_id)}"
    return Markup(f'<a class="passport-link" href="{address}">{escaped(words)}</a>')  # noqa: S704 - escaped
