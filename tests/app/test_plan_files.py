"""The plan as StratML and JSON: out and back without loss, others' files, hostile files."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from flask import Flask
from hypothesis import given

from observatory.cli import main
from observatory.config import Settings
from observatory.domain.plan import Plan
from observatory.domain.plan_as_of import as_of
from observatory.errors import DatasetError
from observatory.exchange.plan_difference import plan_difference
from observatory.exchange.plan_files import LACKING
from observatory.exchange.plan_json import plan_from_json, plan_to_json
from observatory.exchange.stratml_read import plan_from_stratml
from observatory.exchange.stratml_schema import (
    MOST_BYTES,
    PART1,
    PART2,
    Document,
    problems_in,
    stratml_document,
)
from observatory.exchange.stratml_write import plan_to_stratml, plan_to_stratml_core
from observatory.queries.plan import plan_on_record
from observatory.reports.plan_source import PlanSource
from observatory.store.warehouse import Store
from observatory.workspace.engine import Workspace
from tests.plans import plans

DAY = date(2026, 11, 23)
NS = {"s": PART2}


def without_what_stratml_has_no_place_for(plan: Plan) -> Plan:
    """The plan with its figures in the order of the measures, as StratML has them."""
    order = [one.measure_id for one in plan.measures]
    actuals = sorted(plan.actuals, key=lambda one: order.index(one.measure_id))
    targets = sorted(plan.targets, key=lambda one: order.index(one.measure_id))
    kept = replace(plan, **dict.fromkeys(LACKING, ()))
    return replace(kept, actuals=tuple(actuals), targets=tuple(targets))


@pytest.fixture
def plan(store: Store) -> Plan:
    return plan_on_record(store)


def test_the_plan_comes_back_from_stratml_as_it_was(plan: Plan) -> None:
    back = plan_from_stratml(plan_to_stratml(plan), "plan.xml", DAY)
    back = without_what_stratml_has_no_place_for(back)
    assert back == without_what_stratml_has_no_place_for(plan)


def test_the_plan_comes_back_from_json_as_it_was(plan: Plan) -> None:
    assert plan_from_json(plan_to_json(plan)) == plan


@given(plans())
def test_any_plan_comes_back_from_stratml_and_json(plan: Plan) -> None:
    back = plan_from_stratml(plan_to_stratml(plan), "plan.xml", DAY)
    assert back == replace(plan, **dict.fromkeys(LACKING, ()))
    assert plan_from_json(plan_to_json(plan)) == plan


@given(plans())
def test_what_is_written_keeps_the_rules_of_both_parts(plan: Plan) -> None:
    for content, part in ((plan_to_stratml(plan), "part2"), (plan_to_stratml_core(plan), "part1")):
        document = Document(ET.fromstring(content), part, {})  # noqa: S314 - our own
        assert problems_in(document, "plan.xml") == []


def test_conventions_are_those_told(plan: Plan) -> None:
    root = ET.fromstring(plan_to_stratml(plan))  # noqa: S314 - our own
    assert root.get("Type") == "Performance_Report"
    indicator = root.find(".//s:PerformanceIndicator[s:Identifier='_air-particles']", NS)
    assert indicator is not None
    assert indicator.get("ValueChainStage") == "Outcome"
    assert "Less is better." in str(indicator.findtext("s:OtherInformation", namespaces=NS))
    first, second = indicator.findall("s:MeasurementInstance", NS)[:2]
    assert [child.tag for child in first] == [f"{{{PART2}}}ActualResult"]  # the baseline
    assert first.findtext(".//s:NumberOfUnits", namespaces=NS) == "30"
    assert second.findtext(".//s:TargetResult/s:NumberOfUnits", namespaces=NS) == "20"
    course = root.find(".//s:PerformanceIndicator[s:Identifier='_course-people']", NS)
    assert course is not None
    assert "Illustrative: not a target of the organisation." in "".join(course.itertext())
    over = course.find(".//s:Descriptor[s:DescriptorValue='over']", NS)
    assert over is not None
    identifiers = [one.text or "" for one in root.iter(f"{{{PART2}}}Identifier")]
    assert all(not one[0].isdigit() for one in identifiers)
    assert len(set(identifiers)) == len(identifiers)


def test_illustrative_targets_leave_with_one_switch(server: Flask) -> None:
    client = server.test_client()
    shown = client.get("/plan/files/stratml").text
    assert "Illustrative" in shown
    assert "Illustrative" not in client.get("/plan/files/stratml?illustrative=off").text
    assert client.get("/plan/files/word").status_code == 404


FOREIGN_CORE = f"""<?xml version="1.0"?>
<StrategicPlan xmlns="{PART1}">
  <Name>Plan of Elsewhere</Name>
  <OtherInformation/>
  <StrategicPlanCore>
    <Organization><Name>City of Elsewhere</Name><Acronym>CoE</Acronym>
      <Identifier>_b5f2e1a0-0001</Identifier></Organization>
    <Vision><Description>A good city</Description><Identifier/></Vision>
    <Mission><Description/><Identifier/></Mission>
    <Goal><Name>Green</Name><Description>More trees</Description><Identifier>_9a1</Identifier>
      <SequenceIndicator>1</SequenceIndicator>
      <Objective><Name>Plant</Name><Description>Plant trees</Description><Identifier/>
        <SequenceIndicator>1.1</SequenceIndicator></Objective>
      <Objective><Description>Water them</Description></Objective>
    </Goal>
    <Goal><Name>Quiet</Name><Description>Less noise</Description></Goal>
  </StrategicPlanCore>
  <AdministrativeInformation><StartDate>2020-10-01</StartDate><EndDate>2024-09-30</EndDate>
    <PublicationDate>2020-11-05</PublicationDate><Source>https://example.org/plan.pdf</Source>
    <Submitter><GivenName>A</GivenName><EmailAddress>a@example.org</EmailAddress></Submitter>
  </AdministrativeInformation>
</StrategicPlan>
""".encode()

FOREIGN_REPORT = f"""<?xml version="1.0"?>
<PerformancePlanOrReport xmlns="{PART2}" Type="Performance_Report">
  <Name>Report of Elsewhere</Name>
  <StrategicPlanCore>
    <Goal><Name>Green</Name><Description/>
      <Objective><Name>Plant</Name>
        <PerformanceIndicator ValueChainStage="Output" PerformanceIndicatorType="Quantitative">
          <MeasurementDimension>Trees planted</MeasurementDimension>
          <UnitOfMeasurement>trees</UnitOfMeasurement>
          <MeasurementInstance>
            <TargetResult><StartDate>2021-01-01</StartDate><EndDate>2021-12-31</EndDate>
              <NumberOfUnits>500</NumberOfUnits></TargetResult>
            <ActualResult><StartDate/><EndDate>2021-12-31</EndDate>
              <NumberOfUnits>450</NumberOfUnits><Description>after the storm</Description>
            </ActualResult>
            <ActualResult><NumberOfUnits/><Description>many more later</Description></ActualResult>
          </MeasurementInstance>
        </PerformanceIndicator>
      </Objective>
    </Goal>
  </StrategicPlanCore>
</PerformancePlanOrReport>
""".encode()


def test_a_core_plan_from_elsewhere_is_read() -> None:
    found = plan_from_stratml(FOREIGN_CORE, "elsewhere.xml", DAY)
    assert found.title == "Plan of Elsewhere"
    assert (found.starts_on, found.ends_on) == (date(2020, 10, 1), date(2024, 9, 30))
    assert [(one.objective_id, one.title) for one in found.objectives] == [
        ("9a1", "Green"),
        ("goal-2", "Quiet"),
    ]
    assert [(one.line_id, one.objective_id, one.title) for one in found.lines] == [
        ("9a1-1", "9a1", "Plant"),
        ("9a1-2", "9a1", "Water them"),
    ]
    assert not found.is_official


def test_a_report_from_elsewhere_is_read() -> None:
    found = plan_from_stratml(FOREIGN_REPORT, "elsewhere.xml", DAY)
    (measure,) = found.measures
    assert (measure.title, measure.unit, measure.polarity) == ("Trees planted", "trees", "neutral")
    (target,) = found.targets
    assert (target.value, target.standing) == (500, "adopted")
    first, second = found.actuals
    assert (first.value, first.on, first.as_stated) == (450, date(2021, 12, 31), "after the storm")
    assert (second.value, second.relation, second.known_on) == (None, "words", DAY)


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<StrategicPlan><Name>&b;</Name></StrategicPlan>"""
OUTSIDE = b"""<?xml version="1.0"?>
<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><StrategicPlan><Name>&x;</Name></StrategicPlan>"""


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"not xml at all", "expected well-formed XML"),
        (FOREIGN_CORE[:-40], "expected well-formed XML"),
        (BOMB, "expected no document type and no entities"),
        (OUTSIDE, "expected no document type and no entities"),
        (b"<html><body/></html>", "expected StratML Part 1 or Part 2"),
        (b"<StrategicPlan><Name/></StrategicPlan>", "expected StratML Part 1 or Part 2"),
        (b"<a>" * 60_000 + b"</a>" * 60_000, "expected StratML Part 1 or Part 2"),
        (FOREIGN_CORE.replace(b"<Name>Green</Name>", b""), "Unexpected child"),
        (FOREIGN_CORE.replace(b"_9a1", b"9a1"), "9a1"),
        (FOREIGN_CORE.replace(b"_9a1", b"_b5f2e1a0-0001"), "_b5f2e1a0-0001"),
        (FOREIGN_REPORT.replace(b"Performance_Report", b"PerformanceReport"), "PerformanceReport"),
        (FOREIGN_REPORT.replace(b'Type="Performance_Report"', b""), "missing required attribute"),
        (FOREIGN_REPORT.replace(b">450<", b">about 450<"), "about 450"),
        (FOREIGN_REPORT.replace(b"2021-12-31", b"31/12/2021"), "31/12/2021"),
        (b"<" + b"a" * (MOST_BYTES + 1), "expected at most"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_file_that_makes_no_plan_is_refused_with_the_reason(content: bytes, rule: str) -> None:
    with pytest.raises(DatasetError, match="problem") as told:
        plan_from_stratml(content, "other.xml", DAY)
    assert rule in str(told.value)
    assert "other.xml" in str(told.value)


def test_rules_name_the_element() -> None:
    with pytest.raises(DatasetError) as told:
        stratml_document(FOREIGN_REPORT.replace(b">500<", b">half<"), "other.xml")
    assert "NumberOfUnits" in str(told.value)


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        b'{"format": "other"}',
        b'{"format": "metropolis-observatory-plan", "version": 99}',
        b'{"format": "metropolis-observatory-plan", "version": 1, "plan": {"plan_id": 3}}',
    ],
)
def test_json_that_makes_no_plan_is_refused(content: bytes) -> None:
    with pytest.raises(DatasetError, match=r"plan\.json"):
        plan_from_json(content)


def test_a_difference_names_what_would_change(plan: Plan) -> None:
    other = replace(
        plan,
        objectives=plan.objectives[1:],
        measures=(replace(plan.measures[0], title="Cities"), *plan.measures[1:]),
    )
    found = {one.kind: one for one in plan_difference(plan, other)}
    assert found["objectives"].gone == (f"O1 {plan.objectives[0].title}",)
    assert [str(one) for one in found["measures"].changed] == [
        "congress-cities: title Cities represented → Cities"
    ]
    assert found["targets"].same == len(plan.targets)


def _run(settings: Settings, *words: str, answer: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(main, list(words), input=answer, env=settings.as_variables())
    return done.exit_code, done.output


def test_an_import_is_previewed_and_stands_from_then_on(
    peopled: Settings, workspace: Workspace, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "elsewhere.xml"
    file.write_bytes(FOREIGN_REPORT)
    code, words = _run(peopled, "plan", "import", str(file), answer="n\n")
    assert code == 0
    assert "objectives: 1 added, 2 gone" in words
    assert "Nothing was changed." in words
    source = PlanSource(workspace)
    today = datetime.now(UTC).date()
    assert source.whole(store, today)[0].title == "Plan of the small association 2021-2023"
    assert _run(peopled, "plan", "import", str(file), "--yes")[0] == 0
    assert source.whole(store, today)[0].title == "Report of Elsewhere"
    assert source.whole(store, date(2023, 1, 1))[0].title.startswith("Plan of the small")
    written = tmp_path / "again.json"
    assert _run(peopled, "plan", "export", str(written), "--form", "json")[0] == 0
    back = plan_from_json(written.read_bytes())
    assert back == as_of(source.whole(store, today)[0], today)


def test_a_bad_import_changes_nothing(peopled: Settings, tmp_path: Path) -> None:
    file = tmp_path / "bomb.xml"
    file.write_bytes(BOMB)
    code, words = _run(peopled, "plan", "import", str(file), "--yes")
    assert code == 1
    assert "expected no document type and no entities" in words
    assert _run(peopled, "plan", "import", str(tmp_path / "none.xml"))[0] == 1
