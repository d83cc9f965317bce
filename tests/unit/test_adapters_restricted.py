"""Adapters of restricted sources, on small files made by hand in the publishers' layouts."""

from pathlib import Path

import pandas as pd
import pytest

from observatory.errors import DatasetError
from observatory.ingest.adapters import modal_share
from observatory.ingest.extract import Roster

HEADER = "CityID,ObsID,year,LastObservation,City,Country,longitude,latitude,Active,Bus,Car"


@pytest.fixture
def roster() -> Roster:
    nothing = pd.DataFrame()
    countries = pd.DataFrame(
        [("DEU", "DE", "Germany", "")], columns=["iso3", "iso2", "country_name", "aliases"]
    )
    return Roster(nothing, nothing, nothing, nothing, countries)


def _written(folder: Path, *rows: str) -> Path:
    path = folder / "ModalShare.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8-sig")
    return path


def test_modal_shares_become_percent_and_na_stays_missing(tmp_path: Path, roster: Roster) -> None:
    path = _written(tmp_path, "M1,O1,2011,NO,Musterstadt,Germany,13.4,52.5,0.25,NA,0.5")
    extract = modal_share.read([path], roster)
    shares = extract.figures.set_index("indicator_id")["value"].to_dict()
    assert shares == {"modal_share_car_pct": 50.0, "modal_share_active_pct": 25.0}
    assert extract.places["iso3"].tolist() == ["DEU"]
    assert extract.figures["source_row"].tolist() == ["2", "2"]


def test_several_surveys_in_one_year_are_left_out_and_told(tmp_path: Path, roster: Roster) -> None:
    path = _written(
        tmp_path,
        "M1,O1,2011,NO,Musterstadt,Germany,13.4,52.5,0.25,0.25,0.5",
        "M1,O2,2011,NO,Musterstadt,Germany,13.4,52.5,0.2,0.2,0.6",
        "M1,O3,2012,YES,Musterstadt,Germany,13.4,52.5,0.3,0.3,0.4",
    )
    extract = modal_share.read([path], roster)
    assert set(extract.figures["period_year"]) == {2012}
    assert extract.notes == ("2 rows of cities with several surveys in one year were left out.",)


def test_modal_share_without_its_columns_is_refused(tmp_path: Path, roster: Roster) -> None:
    path = tmp_path / "ModalShare.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(DatasetError, match="expected the columns"):
        modal_share.read([path], roster)


def test_a_year_that_is_no_number_is_refused_with_its_row(tmp_path: Path, roster: Roster) -> None:
    path = _written(tmp_path, "M1,O1,soon,NO,Musterstadt,Germany,13.4,52.5,0.25,0.25,0.5")
    with pytest.raises(DatasetError, match="row 2, column year: expected a number, found 'soon'"):
        modal_share.read([path], roster)
