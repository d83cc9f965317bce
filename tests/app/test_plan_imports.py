"""Plans from elsewhere: published layouts are read, hostile and broken ones change nothing."""

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import orjson
import pytest
from click.testing import CliRunner
from defusedxml import ElementTree
from flask.testing import FlaskClient
from sqlalchemy import func, select

from observatory.cli import main
from observatory.config import Settings
from observatory.dashboard import create_dashboard
from observatory.domain.plan import Plan
from observatory.domain.plan_changes import Change, merged
from observatory.errors import DatasetError
from observatory.exchange.plan_difference import difference_words, plan_difference
from observatory.exchange.plan_files import plan_from_file
from observatory.exchange.plan_json import plan_from_json, plan_json_schema, plan_to_json
from observatory.exchange.stratml_read import plan_from_stratml, read_stratml
from observatory.exchange.stratml_untaken import NAMED
from observatory.exchange.stratml_write import plan_to_stratml
from observatory.queries.plan import plan_on_record
from observatory.reports.plan_source import PlanSource
from observatory.store.warehouse import Store
from observatory.workspace import updates
from observatory.workspace.decisions import NewDecision, decide
from observatory.workspace.engine import Workspace, reading
from observatory.workspace.links import OPERATOR
from observatory.workspace.people import Role
from observatory.workspace.plan_imports import keep_import
from observatory.workspace.tables import PLAN_IMPORTS
from tests.people import account
from tests.plan_people import acting, begun, owner

DAY = date(2026, 11, 23)
FILES = Path(__file__).parent.parent / "data" / "stratml"
CORE, REPORT = (FILES / name for name in ("part1-city.xml", "part2-report.xml"))
XSI = b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def read(content: bytes) -> Plan:
    return plan_from_stratml(content, "other.xml", DAY)


def noted(notes: str) -> bytes:
    """The report with notes of ours on its indicator, as a forger would write them."""
    words = b"Counted in spring."
    return REPORT.read_bytes().replace(words, words + f"\n[observatory] {notes}".encode())


def as_initiative(notes: str) -> bytes:
    """The core plan whose second objective says that it is an initiative."""
    first, *rest = CORE.read_bytes().split(b"<stratml:SequenceIndicator>1.2</")
    told = f'<stratml:OtherInformation>[observatory] {{"level": "initiative", {notes}}}'.encode()
    after = rest[0].removeprefix(b"stratml:SequenceIndicator>")
    return first + told + b"</stratml:OtherInformation>" + after


@pytest.fixture
def plan(store: Store) -> Plan:
    return plan_on_record(store)


def test_a_published_core_plan_is_read() -> None:
    found = read(CORE.read_bytes())
    assert (found.starts_on, found.ends_on) == (date(2020, 10, 1), date(2024, 9, 30))
    first, second = found.objectives
    assert (first.objective_id, first.title) == ("7d9f7010-2f0a-11ea-978f-2e728ce88125", "Green")
    assert (second.objective_id, second.title) == ("goal-2", "Less noise at night.")
    assert [one.title for one in found.lines] == ["Plant", "Water what was planted."]
    assert found.lines[0].note == "Plant trees in every street.\nBegins in the north."
    assert not found.is_official
    assert "City of Elsewhere" in found.frame


def test_a_published_report_is_read() -> None:
    found = read(REPORT.read_bytes())
    assert (found.starts_on, found.ends_on) == (date(2021, 1, 1), date(2021, 12, 31))
    (measure,) = found.measures  # the empty indicator that a form left behind is none
    assert (measure.title, measure.unit, measure.polarity) == ("Trees planted", "trees", "neutral")
    assert measure.definition == "Counted in spring."
    assert [(one.value, one.standing) for one in found.targets] == [(500, "adopted")]
    assert [(one.value, one.as_stated) for one in found.actuals] == [
        (450, "after the storm"),
        (None, "many more later"),
    ]


def test_an_identifier_made_here_is_never_one_that_the_file_uses() -> None:
    found = read(REPORT.read_bytes())  # its objective is called goal-2, its second goal nothing
    assert [one.line_id for one in found.lines] == ["goal-2"]
    assert [one.objective_id for one in found.objectives][1] == "goal-2-2"


@pytest.mark.parametrize("file", [CORE, REPORT], ids=["core", "report"])
def test_a_plan_from_elsewhere_leaves_and_comes_back(file: Path) -> None:
    found = read(file.read_bytes())
    assert read(plan_to_stratml(found)) == found
    assert plan_from_json(plan_to_json(found)) == found


def test_a_plan_stays_the_plan_of_whose_it_is() -> None:
    found = read(CORE.read_bytes())
    assert found.organisation == "City of Elsewhere"
    assert (found.vision, found.mission) == ("A city that is good to live in.", "")
    assert [one.title for one in found.principles] == ["Openness"]
    written = plan_to_stratml(found).decode()
    assert "City of Elsewhere" in written
    assert "Metropolis" not in written
    assert read(written.encode()) == found


def test_what_a_plan_has_no_place_for_is_told() -> None:
    assert read_stratml(CORE.read_bytes(), "core.xml", DAY).not_taken == {
        "Stakeholder": 2,
        "PublicationDate": 1,
        "Source": 1,
        "Submitter": 1,
        "Acronym": 1,
        "Identifier of Organization": 1,
        "OtherInformation of the document": 1,
    }
    assert read_stratml(REPORT.read_bytes(), "report.xml", DAY).not_taken == {
        "Stakeholder": 1,
        "StartDate of TargetResult": 1,
        "TargetResult without a number": 1,
        "Identifier of AdministrativeInformation": 1,
    }


def test_a_result_described_by_a_name_and_a_value_is_kept_in_words() -> None:
    report = REPORT.read_text("utf-8")
    first = report.index("<ActualResult>")
    end = report.index("</ActualResult>", first)
    amber = (
        "<ActualResult><Descriptor><DescriptorName>colour</DescriptorName>"
        "<DescriptorValue>amber</DescriptorValue></Descriptor>"
    )
    alone = f"{report[:first]}{amber}{report[end:]}"
    found = read_stratml(alone.encode(), "report.xml", DAY)
    told = [(one.value, one.relation, one.as_stated) for one in found.plan.actuals]
    assert (None, "words", "colour: amber") in told
    assert "ActualResult" not in str(found.not_taken)


@pytest.mark.parametrize("file", [CORE, REPORT], ids=lambda path: path.stem)
def test_whatever_a_document_says_is_taken_or_told(file: Path) -> None:
    """Every text of it stands in the plan, or within an element that is told of."""
    found = read_stratml(file.read_bytes(), file.name, DAY)
    kept = plan_to_json(found.plan).decode()
    told = {name.partition(" ")[0] for name in found.not_taken}
    lost = []

    def look(element: Element, path: tuple[str, ...]) -> None:
        own = (*path, element.tag.rpartition("}")[2])
        words = (element.text or "").strip()
        if words and not told.intersection(own) and own[-1] not in NAMED | {"NumberOfUnits"}:
            lost.extend([own] if orjson.dumps(words).decode()[1:-1] not in kept else [])
        for child in element:
            look(child, own)

    look(ElementTree.fromstring(file.read_bytes()), ())
    assert lost == []


def test_no_plan_of_ours_is_said_to_lose_anything(plan: Plan) -> None:
    assert read_stratml(plan_to_stratml(plan), "ours.xml", DAY).not_taken == {}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b'<?xml version="1.0" encoding="nowhere"?><a/>', "expected an encoding"),
        (b'<?xml version="1.0" encoding="shift_jis"?><a/>', "expected an encoding"),
        (CORE.read_bytes().replace(b"2024-09-30", b"12024-09-30"), "12024-09-30"),
        (CORE.read_bytes().replace(b"2020-10-01", b"-0044-03-15"), "-0044-03-15"),
        (CORE.read_bytes().replace(b"2020-10-01", b"1066-10-14"), "expected a day from 1900"),
        (CORE.read_bytes().replace(b"2024-09-30", b"2090-09-30"), "expected at most 30 years"),
        (CORE.read_bytes().replace(b"2024-09-30", b"2019-09-30"), "expected an end after"),
        (
            CORE.read_bytes().replace(b"<stratml:Mission/>", b'<stratml:Mission xsi:type="x:y"/>'),
            "xsi:type",
        ),
        (REPORT.read_bytes().replace(b">450<", b">" + b"9" * 400 + b"<"), "expected a number"),
        (noted('{"rhythm_months": "x"}'), "rhythm_months"),
        (noted('{"rhythm_months": -5}'), "rhythm_months"),
        (noted('{"decimals": 1.5}'), "decimals"),
        (noted('{"weight": "heavy"}'), "weight"),
        (noted('{"weight": -1}'), "weight"),
        (noted('{"polarity": "sideways"}'), "polarity"),
        (noted('{"computed": "rm -rf"}'), "computed"),
        (as_initiative('"line_id": "nowhere", "kind": "award"'), "line_id"),
        (as_initiative('"stages": [["soon", "done"]]'), "soon"),
        (as_initiative('"stages": [1]'), "expected a day and a stage"),
        (as_initiative('"starts_on": "soon"'), "soon"),
        (as_initiative('"source_url": "javascript:alert(1)"'), "javascript"),
        (as_initiative('"sdgs": [99]'), "1 to 17"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_document_that_breaks_a_rule_is_refused_with_it(content: bytes, rule: str) -> None:
    with pytest.raises(DatasetError, match=r"other\.xml") as told:
        read(content)
    assert rule in str(told.value)


def test_a_problem_names_its_line() -> None:
    lines = REPORT.read_bytes().split(b"\n")
    (line,) = [number for number, text in enumerate(lines, start=1) if b">500<" in text]
    with pytest.raises(DatasetError) as told:
        read(REPORT.read_bytes().replace(b">500<", b">half<"))
    assert str(told.value.problems[0]).startswith(f"other.xml, line {line}, /")
    assert len(told.value.problems) == 1


def test_days_that_a_document_does_not_tell_are_told_as_assumed() -> None:
    told = REPORT.read_bytes()
    assert read(told).frame.endswith("assumed here: StartDate 2021-01-01.")
    end = b"\n    <EndDate>2021-12-31</EndDate>"
    found = read(told.replace(end, b""))
    assert (found.starts_on, found.ends_on) == (date(2021, 1, 1), date(2023, 12, 31))
    assert "assumed here: StartDate 2021-01-01, EndDate 2023-12-31." in found.frame
    whole = told.replace(b"<StartDate/>", b"<StartDate>2021-01-01</StartDate>")
    assert "assumed" not in read(whole).frame


@pytest.mark.parametrize(("objectives", "is_taken"), [(2_900, True), (3_100, False)])
def test_a_plan_of_too_many_parts_is_refused(objectives: int, is_taken: bool) -> None:  # noqa: FBT001 - a case
    content = CORE.read_bytes()
    start = content.index(b"<stratml:Objective>")
    end = content.index(b"</stratml:Objective>") + len(b"</stratml:Objective>")
    one = re.sub(rb"<stratml:Identifier>[^<]*</stratml:Identifier>", b"", content[start:end])
    many = content[:end] + one * objectives + content[end:]
    if is_taken:
        assert len(read(many).lines) > objectives
        return
    with pytest.raises(DatasetError, match="expected at most 3,000 in all, found 3,1"):
        read(many)


def test_a_long_number_for_an_order_is_no_order() -> None:
    content = CORE.read_bytes().replace(b">1.1<", b">" + b"9" * 5000 + b"<")
    assert read(content).lines == read(CORE.read_bytes()).lines


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def test_no_schema_is_fetched_from_where_a_document_says(listener: socket.socket) -> None:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/".encode()
    content = CORE.read_bytes()
    assert b"http://stratml.invalid/" in content
    read(content.replace(b"http://stratml.invalid/", address))
    with pytest.raises(TimeoutError):
        listener.accept()


def changed_json(plan: Plan, kind: str, name: str, value: object) -> bytes:
    document = orjson.loads(plan_to_json(plan))
    document["plan"][kind][0][name] = value
    return orjson.dumps(document)


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("targets", "standing", "bogus"),
        ("targets", "measure_id", "nowhere"),
        ("targets", "value", "NaN"),
        ("targets", "standng", "official"),
        ("actuals", "relation", "bogus"),
        ("actuals", "on", "1066-10-14"),
        ("measures", "polarity", "sideways"),
        ("measures", "value_chain_stage", "bogus"),
        ("measures", "accumulation", "bogus"),
        ("measures", "computed", "bogus"),
        ("measures", "weight", -1),
        ("measures", "weight", True),
        ("measures", "weight", "3"),
        ("measures", "decimals", 500),
        ("measures", "title", " "),
        ("initiatives", "stage", "bogus"),
        ("initiatives", "kind", "bogus"),
        ("initiatives", "line_id", "congress"),  # itself
        ("initiatives", "source_url", "javascript:alert(1)"),
        ("objectives", "objective_id", "a/b"),
        ("objectives", "objective_id", "O1.1"),
        ("objectives", "objective_id", "plan"),
    ],
)
def test_json_that_breaks_a_rule_is_refused_with_its_place(
    plan: Plan, kind: str, name: str, value: object
) -> None:
    with pytest.raises(DatasetError, match=rf"{name}|ids"):
        plan_from_json(changed_json(plan, kind, name, value))


def test_places_in_json_are_counted_from_1_in_every_error(plan: Plan) -> None:
    told = []
    for value in (-1, "heavy", True):
        with pytest.raises(DatasetError) as caught:
            plan_from_json(changed_json(plan, "measures", "weight", value), "p.json")
        told += [str(problem) for problem in caught.value.problems]
    assert told == [
        "p.json, measures 1, weight: expected 0 to 1000, found -1.",
        "p.json, measures 1, weight: expected a number, found 'heavy'.",
        "p.json, measures 1, weight: expected a number, found True.",
    ]


def test_a_field_that_json_lacks_is_named(plan: Plan) -> None:
    document = orjson.loads(plan_to_json(plan))
    del document["plan"]["targets"][0]["value"]
    with pytest.raises(DatasetError) as caught:
        plan_from_json(orjson.dumps(document), "p.json")
    (problem,) = caught.value.problems
    assert str(problem) == "p.json, targets 1, value: expected a value, found nothing."


def test_the_schema_of_the_json_form_names_every_field(plan: Plan) -> None:
    schema = orjson.loads(plan_json_schema())
    written = orjson.loads(plan_to_json(plan))
    assert set(written) == set(schema["properties"])
    assert set(written["plan"]) == set(schema["properties"]["plan"]["properties"])
    assert set(written["plan"]["actuals"][0]) == set(schema["$defs"]["Actual"]["properties"])


def test_a_difference_tells_each_value_before_and_after(plan: Plan) -> None:
    other = replace(
        plan,
        title="Another",
        milestones=(),
        targets=(replace(plan.targets[0], value=7.5), *plan.targets[1:]),
    )
    words = difference_words(plan_difference(plan, other))
    assert f"title {plan.title} → Another" in words
    assert f"milestones: 0 added, {len(plan.milestones)} gone" in words
    assert f"value {plan.targets[0].value:g} → 7.5" in words


def test_figures_that_nothing_tells_apart_are_counted_each(plan: Plan) -> None:
    twice = replace(plan, actuals=(*plan.actuals, plan.actuals[0]))
    (found,) = [one for one in plan_difference(plan, twice) if one.kind == "actuals"]
    assert len(found.added) == 1


def _run(settings: Settings, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(words), env=settings.as_variables())
    return done.exit_code, done.output


def imports(workspace: Workspace) -> int:
    with reading(workspace) as connection:
        return connection.execute(select(func.count()).select_from(PLAN_IMPORTS)).scalar_one()


@pytest.mark.parametrize("ending", [".xml", ".json"])
def test_a_broken_file_changes_nothing(
    peopled: Settings, workspace: Workspace, plan: Plan, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"broken{ending}"
    broken = {
        ".xml": noted('{"polarity": "sideways"}'),
        ".json": changed_json(plan, "targets", "standing", "bogus"),
    }
    file.write_bytes(broken[ending])
    code, words = _run(peopled, "plan", "import", str(file), "--yes")
    assert (code, imports(workspace)) == (1, 0)
    assert "expected one of" in words


def test_the_form_follows_the_ending_of_the_file(peopled: Settings, tmp_path: Path) -> None:
    for name in ("plan.json", "plan.xml"):
        assert _run(peopled, "plan", "export", str(tmp_path / name))[0] == 0
        assert plan_from_file(tmp_path / name, DAY).plan.title.startswith("Plan of the small")
    code, words = _run(peopled, "plan", "export", str(tmp_path / "nowhere" / "plan.xml"))
    assert code == 1
    assert "expected a place that can be written to" in words


def test_an_export_that_comes_back_tells_nothing_twice(workspace: Workspace, store: Store) -> None:
    author, lead = owner(workspace), account(workspace, Role.LEADERSHIP)
    update_id = begun(workspace, author)
    updates.submit(workspace, acting(author), update_id, 1)
    updates.approve(workspace, acting(lead), update_id, 2)
    updates.publish(workspace, acting(lead), update_id, 3)
    source, today = PlanSource(workspace), datetime.now(UTC).date()
    decision = NewDecision("course", "Hold it twice", "Olu", None, decided_on=today, as_of=today)
    decide(workspace, acting(lead), decision)
    before = source.whole(store, today)[0]
    assert before.decisions
    for back in (plan_from_json(plan_to_json(before)), read(plan_to_stratml(before))):
        coming = source.with_import(store, back)
        assert sorted(map(repr, coming.actuals)) == sorted(map(repr, before.actuals))
        assert coming.decisions == before.decisions
    keep_import(workspace, OPERATOR, back, file_name="again.xml")
    after = source.whole(store, today)[0]
    (actuals,) = [one for one in plan_difference(before, after) if one.kind == "actuals"]
    assert (actuals.added, actuals.gone, actuals.changed) == ((), (), ())


def test_an_import_keeps_what_stratml_cannot_tell(
    peopled: Settings, workspace: Workspace, store: Store, plan: Plan, tmp_path: Path
) -> None:
    file = tmp_path / "plan.xml"
    file.write_bytes(plan_to_stratml(replace(plan, title="Renamed")))
    code, words = _run(peopled, "plan", "import", str(file), "--yes")
    assert code == 0
    assert "milestones: 0 added, 0 gone" in words
    assert f"{len(plan.milestones)} milestones" in words
    after = PlanSource(workspace).whole(store, datetime.now(UTC).date())[0]
    assert after.title == "Renamed"
    assert (after.milestones, after.statements) == (plan.milestones, plan.statements)


def test_cities_that_take_part_are_stakeholders_by_name(plan: Plan) -> None:
    written = plan_to_stratml(plan, city_names={"montreal": "Montréal"}).decode()
    (one,) = [one for one in plan.initiatives if "montreal" in one.cities][:1]
    (objective,) = [
        part for part in written.split("<Objective>") if f">_{one.initiative_id}<" in part
    ]
    assert "<Name>Montréal</Name>" in objective
    assert "<RoleType>Performer</RoleType>" in objective


def test_what_is_told_again_after_an_export_still_stands_last(plan: Plan) -> None:
    def stage(number: int, word: str) -> Change:
        content = {"stage": word}
        return Change(f"u{number}", "stage", "course", "course", content, DAY, "Olu Owner")

    told = [stage(1, "under_way"), stage(2, "stopped"), stage(3, "under_way")]
    exported = plan_from_json(plan_to_json(merged(plan, told[:1])))
    (course,) = [one for one in merged(exported, told).initiatives if one.initiative_id == "course"]
    assert [word for _day, word in course.stages] == ["under_way", "stopped", "under_way"]


@pytest.fixture(params=[CORE, REPORT], ids=["core", "report"])
def visitor(request: pytest.FixtureRequest, peopled: Settings, workspace: Workspace) -> FlaskClient:
    """A browser in a house whose plan came from elsewhere."""
    found = read(request.param.read_bytes())
    keep_import(workspace, OPERATOR, found, file_name="other.xml")
    return create_dashboard(peopled).server.test_client()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/plan",
        "/plan/review",
        "/plan/goal-2",
        "/plan/board-pack.html",
        "/plan/files/stratml",
        "/plan/files/stratml-core",
        "/plan/files/json",
        "/api/v1/plan?as_of=2026-11-23",
        "/api/v1/plan?format=csv",
        "/export/plan.csv",
    ],
)
def test_every_view_works_with_a_plan_from_elsewhere(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(path).status_code == 200
