"""What leaves the house: statements that every record store takes, and a table that no spreadsheet computes."""

from __future__ import annotations

import csv
import io

import pytest
from attempts import attempt, scenario
from xapi_rules import check_statement

from assistant.training.table import COLUMNS, table
from assistant.training.xapi import statement

HOME = "http://desk.example:8000"


@pytest.mark.parametrize("overall", [0, 44, 45, 100])
@pytest.mark.parametrize("outcome", ["settled", "left", "harm", "open"])
def test_statements_keep_the_rules(overall, outcome):
    made = statement(attempt(overall=overall, outcome=outcome, who="王 琳/2"), scenario(), HOME)
    check_statement(made)
    assert made["result"]["score"]["scaled"] == overall / 100
    assert made["result"]["success"] == (overall >= 45 and outcome in {"settled", "open"})


def test_statements_without_a_debrief_or_a_scenario_keep_them_too():
    made = statement(attempt(scores={}, spread={}, scenario_id="gone #1"), None, HOME)
    check_statement(made)
    assert not {"score", "success"} & made["result"].keys()


def test_a_statement_keeps_its_id_and_a_retry_its_registration():
    first, retry = attempt(), attempt(1, parent="Lin-0", from_turn=1)
    one, again, other = (statement(given, None, HOME) for given in (first, first, retry))
    assert one == again
    assert one["id"] != other["id"]
    assert one["context"]["registration"] == other["context"]["registration"]


def test_the_table_has_a_row_for_each_attempt_and_a_column_for_each_move():
    drill = scenario()
    text = table([attempt(who="=1+1", moves=(("apologise",), ("apologise", "rude")))], {drill.id: drill}, "en")
    heading, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert tuple(heading) == COLUMNS
    told = dict(zip(heading, row, strict=True))
    assert told["trainee"] == "'=1+1"
    assert (told["apologise"], told["rude"], told["stall"]) == ("2", "1", "0")
    assert (told["overall"], told["title"]) == ("60.0", "Title hotel.a")
