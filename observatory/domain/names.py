"""Names made comparable: accents, case and punctuation do not tell two places apart."""

import re
import unicodedata

import pandas as pd

NOT_DECOMPOSED = str.maketrans("øłıđ", "olid") | {ord("æ"): "ae"}


def plain_name(name: str) -> str:
    """A name in lower case without accents, punctuation or double spaces.

    Letters that Unicode does not decompose but readers drop (ø, ł, ı) are replaced too, so
    "SÃO PAULO", "Sao Paulo" and "sao-paulo" are one. Other scripts are kept.
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(char for char in folded if not unicodedata.combining(char))
    letters = letters.translate(NOT_DECOMPOSED)
    return re.sub(r"[^\w]+|_", " ", re.sub(r"['’`ʻʿ]", "", letters)).strip()


def country_codes(countries: pd.DataFrame) -> dict[str, str]:
    """ISO 3166-1 alpha-3 by plain country name, ISO code and every spelling on record.

    Args:
        countries: columns iso3, iso2, country_name, aliases (separated by ;, may be missing).
    """
    codes: dict[str, str] = {}
    for row in countries.itertuples():
        aliases = row.aliases.split(";") if isinstance(row.aliases, str) else []
        for name in (row.iso3, row.iso2, row.country_name, *aliases):
            if isinstance(name, str) and name.strip():
                codes[plain_name(name)] = str(row.iso3)
    return codes
