"""What `improv eval` says and writes: where, in which language, as JSON, and the same as the page."""

import json
import re

import pytest
from click.testing import CliRunner
from report_runs import NAMES, changed, make_run

from assistant.cli import main
from evals.checking import Finding
from evals.feasibility.check import Tally
from evals.report.judging import figure
from evals.report.telling import Teller
from evals.run import write_run
from evals.scorers import measure_named
from evals.systems.open import KNOWN
from evals.terminal import verdict_of


def improv(*arguments):
    return CliRunner().invoke(main, ["eval", *map(str, arguments)])


@pytest.fixture
def run_file(tmp_path):
    path = tmp_path / "run.json"
    write_run(make_run(), path)
    return path


def opened(*_):
    raise AssertionError("opened before it is known that the answer can be written")


@pytest.mark.parametrize("form", ["json", "html", "markdown"])
def test_a_run_that_could_not_be_written_is_not_begun(tmp_path, monkeypatch, form):
    monkeypatch.setattr("evals.systems.open.open_system", opened)
    refused = improv("run", f"--{form}", tmp_path / "gone" / "out")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("improv: ")
    assert len(refused.stderr.splitlines()) == 1
    assert f"no folder {tmp_path / 'gone'}; make it" in refused.stderr


def test_every_report_is_refused_a_folder_that_does_not_exist(tmp_path, run_file):
    out = tmp_path / "gone" / "out"
    for form in ("html", "markdown", "promptfoo", "ragas"):
        assert "no folder" in improv("report", run_file, f"--{form}", out).stderr
    for form in ("json", "html", "markdown"):
        assert "no folder" in improv("compare", run_file, run_file, f"--{form}", out).stderr


def test_markdown_is_in_the_language_asked_for(tmp_path, run_file):
    out = tmp_path / "out.md"
    for command in (("report", run_file), ("compare", run_file, run_file)):
        assert improv(*command, "--markdown", out, "--lang", "zh").exit_code == 0
        assert "结论" in out.read_text(encoding="utf-8")
        assert improv(*command, "--markdown", out).exit_code == 0
        assert "结论" not in out.read_text(encoding="utf-8")


def test_the_terminal_says_what_the_page_says(run_file):
    say = Teller("en", NAMES)
    few, whole = make_run(3), make_run()
    shown = {
        verdict_of(say, figure(few, measure_named("hazard_recall"))),
        verdict_of(say, figure(whole, measure_named("citation_support"))),
        verdict_of(say, figure(changed(few, "violations", 1.0), measure_named("violations"))),
        verdict_of(say, figure(whole, measure_named("must_in_4_immediate_response"))),
    }
    assert shown == {"too few to tell (target: at least 98%)", "reached (target: 100%)", "missed (target: 0)", ""}
    said = improv("report", run_file).output
    line = next(line for line in said.splitlines() if "Lines supported by their source" in line)
    assert "100.0% (none went wrong; with so many, up to 11.7% still could) on 48" in line
    assert not re.search(r"(\S+) to \1[ )]", said), "an interval without width claims more than the cases show"


def test_what_can_be_evaluated_as_json():
    assert json.loads(improv("systems", "--json").stdout) == [{"name": n, "what": what} for n, what in KNOWN.items()]


@pytest.mark.parametrize(("wrong", "status"), [(False, 0), (True, 1)])
def test_the_check_of_the_cases_as_json(monkeypatch, wrong, status):
    monkeypatch.setattr("evals.checking.check_cases", lambda: iter([Finding(wrong, "300 cases; least 240")]))
    checked = improv("check", "--json")
    assert json.loads(checked.stdout) == [{"wrong": wrong, "text": "300 cases; least 240"}]
    assert checked.exit_code == status


def test_what_is_feasible_as_json(monkeypatch):
    class Scripted:
        def curated(self, _):
            return Tally(2, 3, 1, ["case: names what is gone"])

        def random(self, *_):
            return Tally(1, 1, 1)

        def close(self):
            pass

    monkeypatch.setattr("evals.systems.product.open_product", Scripted)
    monkeypatch.setattr("evals.feasibility.stage.Stage", lambda improv: improv)
    monkeypatch.setattr("evals.feasibility.check.open_checker", lambda _, improv: improv)
    found = improv("feasibility", "--json")
    assert json.loads(found.stdout) == {
        "curated": {"answers": 2, "named": 3, "options": 1, "faults": ["case: names what is gone"], "share": 0.75},
        "random": {"answers": 1, "named": 1, "options": 1, "faults": [], "share": 1.0},
    }
    assert found.exit_code == 1
