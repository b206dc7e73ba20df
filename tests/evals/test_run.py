"""Runs: written whole, resumed after a kill, the same for the same seed; compared, and stopped at the gate."""

import json

import pytest
from click.testing import CliRunner

from assistant.cli import main
from evals.agreement import MatcherUntrusted
from evals.answer import Answer, AnsweredAction
from evals.compare import compare
from evals.errors import BadRunFile, SystemFailed
from evals.run import read_run, run_suite, write_run
from evals.suites import SUITES, suite

CASES = suite("dev")[:24]


class Scripted:
    """Says the same to every case; stops answering, or dies, where it is told to."""

    name = "scripted"

    def __init__(self, *, right=True, dies_at=None, silent_at=(), model="1"):
        self.asked = []
        self.versions = {"model": model}
        self._right, self._dies_at, self._silent_at = right, dies_at, silent_at

    def answer(self, case):
        if case.id == self._dies_at:
            raise KeyboardInterrupt
        self.asked.append(case.id)
        if case.id in self._silent_at:
            raise SystemFailed("no answer came; start the server")
        best = max(case.relevant, key=case.relevant.get, default="nothing") if self._right else "nothing"
        return Answer(actions=(AnsweredAction("Say sorry."),), playbooks=(best,), hazard=case.hazard, seconds=0.1)

    def close(self):
        pass


def run(system, partial=None, cases=CASES, timed=True):
    return run_suite("dev", cases, system, 0, partial, lambda *_: None, timed=timed)


def test_a_killed_run_goes_on_where_it_stopped(tmp_path):
    partial = tmp_path / "run.json.partial"
    with pytest.raises(KeyboardInterrupt):
        run(Scripted(dies_at=CASES[10].id), partial)
    with partial.open("a", encoding="utf-8") as file:
        file.write('{"case": {"id"')  # a line that the kill tore
    second = Scripted()
    whole = run(second, partial)
    assert second.asked == [case.id for case in CASES[10:]]
    assert [one.case.id for one in whole.cases] == [case.id for case in CASES]
    assert not partial.exists()


def test_what_was_answered_for_other_cases_is_not_taken_over(tmp_path):
    partial = tmp_path / "run.json.partial"
    with pytest.raises(KeyboardInterrupt):
        run(Scripted(dies_at=CASES[10].id), partial)
    second = Scripted()
    run(second, partial, cases=CASES[1:])
    assert len(second.asked) == len(CASES) - 1


def test_what_another_model_answered_is_not_taken_over(tmp_path):
    partial = tmp_path / "run.json.partial"
    with pytest.raises(KeyboardInterrupt):
        run(Scripted(dies_at=CASES[10].id), partial)
    second = Scripted(model="2")
    run(second, partial)
    assert len(second.asked) == len(CASES)


def test_the_same_seed_gives_the_same_file(tmp_path):
    for name in ("a", "b"):
        write_run(run(Scripted(), timed=False), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    write_run(read_run(tmp_path / "a"), tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == (tmp_path / "a").read_bytes()


def test_no_answer_is_written_down_and_scored_on_nothing():
    silent = run(Scripted(silent_at={CASES[3].id}))
    (failed,) = silent.failures
    assert failed.case.id == CASES[3].id
    assert failed.scores == {}
    assert "start the server" in failed.failed


def test_a_suite_refuses_to_run_on_a_matcher_that_people_disagree_with(monkeypatch):
    monkeypatch.setattr("evals.agreement.LEAST_KAPPA", 1.01)
    with pytest.raises(MatcherUntrusted, match="κ"):
        run(Scripted())


def test_a_loss_is_seen_explained_and_stopped(tmp_path):
    write_run(run(Scripted()), tmp_path / "good.json")
    write_run(run(Scripted(right=False)), tmp_path / "bad.json")
    found = {
        one.measure.name: one
        for one in compare(*map(read_run, (tmp_path / "good.json", tmp_path / "bad.json"))).measures
    }
    hit = found["hit_at_1"]
    assert (hit.before, hit.after, hit.verdict) == (1.0, 0.0, "worse")
    assert hit.difference.p < 0.05
    assert len(hit.lost) == hit.difference.change.cases
    assert hit.lost[0].why_after == ("nothing came first",)
    assert found["hazard_recall"].verdict in {"same", "too few to tell"}

    def gate(before, after):
        return CliRunner().invoke(main, ["eval", "compare", str(tmp_path / before), str(tmp_path / after), "--gate"])

    stopped = gate("good.json", "bad.json")
    assert stopped.exit_code == 1
    assert "stops the release" in stopped.output
    assert gate("bad.json", "good.json").exit_code == 0
    assert gate("good.json", "good.json").exit_code == 0


def test_cases_left_out_and_answers_lost_stop_a_release():
    whole = run(Scripted())
    assert any("not run" in stop for stop in compare(whole, run(Scripted(), cases=CASES[:20])).stops)
    assert any("without an answer" in stop for stop in compare(whole, run(Scripted(silent_at={CASES[0].id}))).stops)


def test_runs_of_other_cases_cannot_be_compared():
    with pytest.raises(BadRunFile, match="share no case"):
        compare(run(Scripted(), cases=CASES[:3]), run(Scripted(), cases=CASES[3:6]))


@pytest.mark.parametrize(("content", "said"), [("{}", "no run file"), (None, "cannot be read")])
def test_a_file_that_is_no_run_is_refused_in_one_sentence(tmp_path, content, said):
    path = tmp_path / "x.json"
    if content is not None:
        path.write_text(content)
    refused = CliRunner().invoke(main, ["eval", "compare", str(path), str(path)])
    assert refused.exit_code == 2
    assert said in refused.output
    assert "Traceback" not in refused.output


def test_unknown_names_are_refused_with_the_known_ones():
    for arguments, known in ((["--suite", "huge"], "quick"), (["--system", "oracle"], "langchain-chroma")):
        refused = CliRunner().invoke(main, ["eval", "run", *arguments])
        assert refused.exit_code == 2
        assert known in refused.output


def test_suites_are_parts_of_the_whole_and_keep_twins_together():
    whole = {case.id for case in suite("full")}
    assert {case.id for case in suite("dev")} | {case.id for case in suite("test")} == whole
    quick = suite("quick")
    assert 80 <= len(quick) < len(whole)
    chosen = {case.id for case in quick}
    assert all(case.id in chosen for case in suite("full") if case.twin in {one.twin for one in quick if one.twin})
    assert set(SUITES) == {"full", "dev", "test", "quick"}


def test_the_command_writes_every_form_of_a_run(tmp_path, home, monkeypatch):
    monkeypatch.setenv("IMPROV_HOME", str(home))
    monkeypatch.setitem(SUITES, "quick", lambda case: case.id in {one.id for one in CASES[:6]})
    files = {name: tmp_path / f"run.{name}" for name in ("json", "html", "markdown")}
    given = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    done = CliRunner().invoke(main, ["eval", "run", "--suite", "quick", *given])
    assert done.exit_code == 0, done.output
    assert len(json.loads(files["json"].read_text(encoding="utf-8"))["cases"]) == 6
    assert "<html" in files["html"].read_text(encoding="utf-8")
    assert "|" in files["markdown"].read_text(encoding="utf-8")
    exports = [str(tmp_path / name) for name in ("p.yaml", "r.jsonl")]
    again = CliRunner().invoke(
        main, ["eval", "report", str(files["json"]), "--promptfoo", exports[0], "--ragas", exports[1]]
    )
    assert again.exit_code == 0, again.output
    assert len((tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()) == 6
