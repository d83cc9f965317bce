"""`ingest plan FILES`: documents' facts on the plan, previewed, checked and written whole."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from observatory.cli import main
from observatory.config import Settings
from observatory.errors import DatasetError
from observatory.ingest.build import build
from observatory.ingest.plan_import import PlanChange, change_words, plan_change, write_plan
from observatory.store.warehouse import Store

FRAME = """\
initiative_id,objective_id,objective,line_id,line,name,responsible,source_url,note
course,O2,Know more,O2.1,Knowledge,Course on counting,Montréal,https://example.org/course,said later
gza,O3,Give prizes,O3.1,Prizes,Prize for ideas,Guangzhou; others,https://example.org/p,first prize
"""
FIGURES = """\
initiative_id,measure,unit,polarity,value_chain_stage,period,value_as_stated,source_url
course,People taught,people,up,Output,2023,over 90 (7 countries),https://example.org/course
course,Papers (highest number seen),papers,up,Output,2022-06,10,https://example.org/course
course,Children or drawings,children/drawings,up,Output,2021,over 1200 children,https://example.org/c
course,Children or drawings,children/drawings,up,Output,2023,392 drawings,https://example.org/c
course,Attendance,present / all,up,Output,2022-07,22 / 28,https://example.org/course
course,Friends,friends,up,Outcome,undated,many,https://example.org/course
gza,Initiatives submitted,initiatives,up,Output,2021,30,https://example.org/prize
"""
COUNTS = """\
period,members,relation,source_url
2020-12,12,exact,https://example.org/members
2022-06,13,over,https://example.org/members
"""
CYCLES = """\
cycle,cycle_year,award_date,applications_initiatives,applying_cities,applying_countries,\
shortlisted_known,winners_known,figures_source,note
1,2014,2014-11-28,"1,025 (derived)",17,5,4,2,https://example.org/prize/1,
2,2021,2021-11-12,30,20,9,15,5,https://example.org/prize/2,closed late
"""
MEMBERS = """\
members,O4,Association,O4.1,Membership,Members,Secretariat,https://example.org/members,
"""
OF_MEMBERS = """\
members,Members,members,up,Output,2023-06,over 14,https://example.org/members
"""
STATEMENTS = {
    "official_2021_2023": {
        "facts": [{"fact": "Twelve members contributed.", "source": "https://example.org/new"}],
        "process_calendar": [
            {"event": "Assembly", "date": "2020-11-30", "source": "https://example.org/a"}
        ],
        "responsible_bodies": [
            {"body": "Board", "duty": "approves", "source": "https://example.org/b"}
        ],
    },
    "earlier_plans": [
        {"plan": "2018-2020", "facts": "one fragment", "source": "https://example.org/e"}
    ],
}
TODAY = date(2026, 11, 23)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """The five files, as somebody may send them."""
    contents = {
        "initiatives.csv": FRAME + MEMBERS,
        "initiative_figures.csv": FIGURES + OF_MEMBERS,
        "membership_counts.csv": COUNTS,
        "award_cycles.csv": CYCLES,
        "plan_facts.json": json.dumps(STATEMENTS),
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return [tmp_path / name for name in contents]


def rows(facts: Path, name: str) -> list[dict[str, str]]:
    with (facts / "plan" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row(facts: Path, name: str, **key: str) -> dict[str, str]:
    found = [one for one in rows(facts, name) if all(one[k] == v for k, v in key.items())]
    assert len(found) == 1
    return found[0]


def written(files: list[Path], facts: Path, today: date = TODAY) -> PlanChange:
    change = plan_change(files, facts, today)
    write_plan(change)
    return change


def contents(facts: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (facts / "plan").iterdir()}


def test_the_five_files_fill_the_tables_of_the_plan(files: list[Path], facts: Path) -> None:
    written(files, facts)
    assert [one["objective_id"] for one in rows(facts, "objectives")] == ["O1", "O2", "O3", "O4"]
    assert row(facts, "lines", line_id="O3.1")["objective_id"] == "O3"
    prize = row(facts, "initiatives", initiative_id="gza")
    assert (prize["title"], prize["owner"], prize["note"]) == (
        "Prize for ideas",
        "Guangzhou; others",
        "first prize",
    )
    assert (prize["kind"], prize["stage"]) == ("knowledge", "unknown")  # until somebody says
    measure = row(facts, "measures", measure_id="course-people-taught")
    assert (measure["node_id"], measure["unit"], measure["rhythm_months"]) == (
        "course",
        "people",
        "12",
    )
    assert row(facts, "milestones", milestone_id="gza-cycle-2")["done_on"] == "2021-11-12"
    assert {one["topic"] for one in rows(facts, "statements")} == {
        "plan", "calendar", "body", "earlier plan",
    }  # fmt: skip
    assert row(facts, "statements", topic="body")["words"] == "Board: approves"
    assert row(facts, "statements", topic="calendar")["stated_on"] == "2020-11-30"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (("course-people-taught", "2023"), ("90", "over", "7 countries", "2023-12-31")),
        (("course-papers", "2022-06"), ("10", "at_least", "", "2022-06-30")),
        (("course-children", "2021"), ("1200", "over", "children", "2021-12-31")),
        (("course-drawings", "2023"), ("392", "exact", "drawings", "2023-12-31")),
        (("course-attendance", "2022-07"), ("22", "exact", "/ 28", "2022-07-31")),
        (("course-friends", "undated"), ("", "words", "", "2026-11-23")),
        (("members-members", "2020-12"), ("12", "exact", "", "2020-12-31")),
        (("members-members", "2022-06"), ("13", "over", "", "2022-06-30")),
        (("gza-initiatives-submitted", "2014-11-28"), ("1025", "derived", "", "2014-11-28")),
        (("gza-winners", "2021-11-12"), ("5", "exact", "closed late", "2021-11-12")),
    ],
)
def test_a_figure_is_kept_as_it_was_stated(
    files: list[Path], facts: Path, key: tuple[str, str], expected: tuple[str, ...]
) -> None:
    written(files, facts)
    found = row(facts, "actuals", measure_id=key[0], period=key[1])
    assert tuple(found[name] for name in ("value", "relation", "note", "known_on")) == expected


def test_a_figure_by_the_year_goes_where_the_same_is_there_by_the_day(
    files: list[Path], facts: Path
) -> None:
    written(files, facts)
    periods = [
        one["period"]
        for one in rows(facts, "actuals")
        if one["measure_id"] == "gza-initiatives-submitted"
    ]
    assert periods == ["2014-11-28", "2021-11-12"]


def test_the_preview_counts_what_is_new_and_what_changes(files: list[Path], facts: Path) -> None:
    change = plan_change(files, facts, TODAY)
    assert change_words(change).splitlines() == [
        "objectives.csv: 4 rows, 2 new, 0 changed",
        "lines.csv: 5 rows, 2 new, 0 changed",
        "initiatives.csv: 6 rows, 2 new, 1 changed",  # the course has an owner and a title now
        "milestones.csv: 4 rows, 2 new, 0 changed",
        "measures.csv: 17 rows, 12 new, 0 changed",
        "actuals.csv: 28 rows, 19 new, 0 changed",
        "statements.csv: 4 rows, 3 new, 1 changed",
    ]


def test_the_same_files_change_nothing_on_a_later_day(files: list[Path], facts: Path) -> None:
    """What was known on a day stays known from that day."""
    written(files, facts)
    before = contents(facts)
    change = written(files, facts, date(2027, 3, 1))
    assert set(change.added.values()) == set(change.changed.values()) == {0}
    assert contents(facts) == before


def test_a_figure_told_otherwise_is_known_from_the_day_of_the_import(
    files: list[Path], facts: Path
) -> None:
    written(files, facts)
    files[1].write_text(files[1].read_text().replace("many", "at least 40"))
    later = date(2027, 3, 1)
    change = written(files, facts, later)
    assert sum(change.changed.values()) == 1
    found = row(facts, "actuals", measure_id="course-friends", period="undated")
    assert (found["value"], found["known_on"]) == ("40", str(later))


def test_what_is_kept_by_hand_survives(files: list[Path], facts: Path) -> None:
    """Kinds, days, themes, cities, weights, targets and remarks are not in the files."""
    untouched = {name: contents(facts)[f"{name}.csv"] for name in ("plans", "targets", "baselines")}
    written(files, facts)
    course = row(facts, "initiatives", initiative_id="course")
    assert (course["title"], course["owner"]) == ("Course on counting", "Montréal")
    assert (course["kind"], course["cities"], course["events"], course["themes"]) == (
        "learning",
        "montreal",
        "L1",
        "people",
    )
    assert course["note"] == "nobody is named to answer for it"
    assert row(facts, "objectives", objective_id="O2")["weight"] == "3"
    old = row(facts, "measures", measure_id="course-people")
    assert (old["accumulation"], old["definition"][:5]) == ("cumulative", "Every")
    assert row(facts, "actuals", measure_id="course-people", period="2020")["note"] == (
        "before the plan"
    )
    assert {name: contents(facts)[f"{name}.csv"] for name in untouched} == untouched
    assert [one["objective_id"] for one in rows(facts, "objectives")][:2] == ["O1", "O2"]


def test_a_remark_taken_away_by_hand_does_not_come_back(files: list[Path], facts: Path) -> None:
    written(files, facts)
    path = facts / "plan" / "initiatives.csv"
    path.write_text(path.read_text().replace("first prize", ""))
    written(files, facts)
    assert row(facts, "initiatives", initiative_id="gza")["note"] == ""


def test_what_was_imported_builds_and_is_read(
    files: list[Path], facts: Path, unbuilt: Settings
) -> None:
    written(files, facts)
    settings = replace(unbuilt, datasets_dir=facts)
    build(settings)
    store = Store(settings)
    told = "SELECT value FROM actuals WHERE measure_id = $measure_id ORDER BY on_date"
    assert store.rows(told, measure_id="members-members") == [(12,), (13,), (14,)]
    store.close()


def test_a_plan_that_is_not_there_yet_begins_with_the_files(files: list[Path], facts: Path) -> None:
    for path in (facts / "plan").iterdir():
        path.unlink()
    change = written(files, facts)
    assert set(change.changed.values()) == {0}
    assert [one["objective_id"] for one in rows(facts, "objectives")] == ["O2", "O3", "O4"]


def refused(files: list[Path], facts: Path) -> DatasetError:
    """What is told; nothing may have been written."""
    before = contents(facts)
    with pytest.raises(DatasetError) as caught:
        written(files, facts)
    assert contents(facts) == before
    return caught.value


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("initiative_figures.csv", "2022-06", "June 2022", "row 3, column period: expected"),
        ("initiative_figures.csv", "2022-06", "2022-13", "row 3, column period: expected a period"),
        ("initiative_figures.csv", "2022-06", "", "row 3, column period: expected"),
        ("initiative_figures.csv", ",over 90 (7 countries)", ",", "row 2, column as_stated"),
        ("initiative_figures.csv", "seen),papers,up", "seen),papers,sideways", "row 3, column po"),
        ("initiative_figures.csv", "course,Att", "cours,Att", "row 6, column node_id"),
        ("initiative_figures.csv", "Output,2022-07", "Outputs,2022-07", "row 6, column value_c"),
        ("initiatives.csv", "gza,O3", "gza 1,O3", "row 3, column initiative_id: expected"),
        ("initiatives.csv", "gza,O3,", "gza,,", "row 3, column objective_id: expected"),
        ("initiatives.csv", "Prize for ideas", "", "row 3, column title: expected"),
        ("initiatives.csv", "gza,", "O2.1,", "column id: expected an id that is not plan"),
        ("initiatives.csv", "O3,Give prizes", "O2,Give prizes", "expected 'Know more' as in"),
        ("membership_counts.csv", "2022-06", "2020-12", "expected '12' as in me"),
        ("membership_counts.csv", "12,exact", "12,roughly", "row 2, column relation: expe"),
        ("award_cycles.csv", "2021-11-12", "12/11/2021", "row 3, column period: expected a period"),
        ("award_cycles.csv", "closed late", "closed late,more", "row 3: expected 10 cells"),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_with_its_place_and_nothing_is_written(
    files: list[Path], facts: Path, name: str, before: str, after: str, told: str
) -> None:
    path = next(one for one in files if one.name == name)
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))
    error = str(refused(files, facts))
    assert told in error
    assert name in error


def test_every_bad_row_is_told_at_once(files: list[Path], facts: Path) -> None:
    text = files[1].read_text().replace("papers,up", "papers,sideways")
    files[1].write_text(text.replace("course,Att", "cours,Att"))
    assert {(one.file, one.row, one.column) for one in refused(files, facts).problems} == {
        ("initiative_figures.csv", 3, "polarity"),
        ("initiative_figures.csv", 6, "node_id"),
    }


def test_what_is_wrong_on_record_is_told_with_its_place_there(
    files: list[Path], facts: Path
) -> None:
    path = facts / "plan" / "measures.csv"
    path.write_text(path.read_text().replace(",air,Budget", ",fire,Budget"))
    assert [(one.file, one.row) for one in refused(files, facts).problems] == [
        ("plan/measures.csv", 5)
    ]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text: text.replace("value_as_stated", "value", 1).encode(), "expected the columns"),
        (
            lambda text: text.replace(",source_url", ",source", 1).encode(),
            "expected the columns so",
        ),
        (lambda text: text.replace(",", ";").encode(), "expected the columns"),
        (lambda text: text.replace("many", "café").encode("latin-1"), "UTF-8"),
        (lambda _text: b"", "0 bytes"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    files: list[Path], facts: Path, spoil: Callable[[str], bytes], told: str
) -> None:
    files[1].write_bytes(spoil(files[1].read_text()))
    error = refused(files, facts)
    assert "initiative_figures.csv" in str(error)
    assert told in str(error)


@pytest.mark.parametrize(
    "content", ["{", "[]", '"plan"', "{}", json.dumps({"official_2021_2023": {"facts": [1]}})]
)
def test_json_of_another_shape_is_refused(files: list[Path], facts: Path, content: str) -> None:
    files[4].write_text(content)
    assert "expected the facts of the plan as JSON" in str(refused(files, facts))


def test_a_missing_file_and_no_file_are_told(files: list[Path], facts: Path) -> None:
    assert "found nothing at" in str(refused([files[0], files[0].with_name("gone.csv")], facts))
    assert "one or more files of plan facts" in str(refused([], facts))


@pytest.fixture
def run(facts: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("OBSERVATORY_DATASETS_DIR", str(facts))

    def invoke(*arguments: object, given: str | None = None) -> Result:
        return CliRunner().invoke(main, ["ingest", "plan", *map(str, arguments)], input=given)

    return invoke


def test_the_command_shows_asks_and_writes(
    run: Callable[..., Result], files: list[Path], facts: Path
) -> None:
    before = contents(facts)
    no = run(*files, given="n\n")
    assert no.exit_code == 0
    assert "measures.csv: 17 rows, 12 new, 0 changed" in no.output
    assert "Nothing was changed." in no.output
    assert contents(facts) == before
    yes = run(*files, given="y\n")
    assert "Written. Run `observatory build`" in yes.output
    assert row(facts, "initiatives", initiative_id="gza")["title"] == "Prize for ideas"
    again = run(*files, "--yes")
    assert (again.exit_code, "actuals.csv: 28 rows, 0 new, 0 changed" in again.output) == (0, True)


def test_the_command_ends_with_a_message_where_a_file_is_bad(
    run: Callable[..., Result], files: list[Path], facts: Path
) -> None:
    before = contents(facts)
    files[1].write_text(files[1].read_text().replace("2022-06", "June 2022"))
    result = run(*files, "--yes")
    assert result.exit_code == 1
    assert "initiative_figures.csv, row 3, column period" in result.output
    assert contents(facts) == before


def test_where_one_table_cannot_be_written_none_is(files: list[Path], facts: Path) -> None:
    change = plan_change(files, facts, TODAY)
    (facts / "plan" / "statements.csv").unlink()
    (facts / "plan" / "statements.csv").mkdir()
    before = (facts / "plan" / "actuals.csv").read_bytes()
    with pytest.raises(OSError, match="statements"):
        write_plan(change)
    assert (facts / "plan" / "actuals.csv").read_bytes() == before
