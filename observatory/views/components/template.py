"""Long lists as templates: thousands of elements without a Dash component for each."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES_DIR = Path(__file__).resolve().parents[1] / "templates"


def rendered(name: str, **values: object) -> Markup:
    """A template filled in, every value escaped; to be put inside `static`.

    Args:
        name: file name in `views/templates`, without ".html".
        values: what the template names; a missing one is an error.
    """
    return Markup(_environment().get_template(f"{name}.html").render(**values))  # noqa: S704 - the environment escapes


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES_DIR),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
