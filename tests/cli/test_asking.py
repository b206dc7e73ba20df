"""`suggest` and `search`, one question or a file of them."""

from __future__ import annotations

import json

ZH = "客人三点来办入住，房间还没打扫好，已经发火了"
FIELDS = {"rank", "score", "document", "title", "locator", "text"}


def lines(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_suggest_prints_a_card_in_the_language_of_the_incident(improv_command):
    card = improv_command("suggest", ZH)
    assert card.exit_code == 0
    assert "目标" in card.stdout
    assert "hotel.room-not-ready" in card.stdout
    assert "Goal" in improv_command("suggest", ZH, "--lang", "en").stdout


def test_danger_stands_at_the_top_of_the_card(improv_command):
    card = improv_command("suggest", "smoke is coming out of room 508 and the alarm is ringing")
    assert "FIRE" in card.stdout.splitlines()[0]


def test_suggest_gives_the_advice_as_json_alone(improv_command):
    result = improv_command("suggest", ZH, "--role", "front_desk", "--site", "demo-restaurant", "--json")
    assert result.exit_code == 0
    advice = json.loads(result.stdout)
    assert advice["lang"] == "zh"
    assert advice["actions"][0]["id"].startswith("hotel.room-not-ready/")


def test_batch_answers_in_order_and_goes_on_after_bad_lines(improv_command, write):
    given = [
        '{"id": "a", "text": "the room is not ready and he shouts"}',
        "not json",
        '{"id": 2, "text": ""}',
        "",
        '["a list"]',
        '{"id": "d"}',
        '{"id": "e", "text": 5}',
        '{"text": "no id, still a question"}',
        '{"id": {"nested": true}, "text": "smoke in the corridor \\ud800"}',
    ]
    result = improv_command("suggest", "--batch", str(write("lines.jsonl", "\n".join(given))), "--json")
    assert result.exit_code == 0
    answers = lines(result)
    assert [answer["id"] for answer in answers] == ["a", None, 2, None, "d", "e", None, {"nested": True}]
    assert ["advice" in answer for answer in answers] == [True, False, False, False, False, False, True, True]
    assert all(("advice" in answer) != ("error" in answer) for answer in answers)
    assert all("\n" not in answer.get("error", "") for answer in answers)


def test_batch_survives_the_strangest_lines(improv_command, write):
    given = [
        "[" * 50_000,
        '{"id": 1, "text": 1' + "0" * 5000 + "}",
        '{"id": "\\ud800", "text": ""}',
        '{"id": 4, "text": "a\u2028b"}',
    ]
    result = improv_command("suggest", "--batch", str(write("lines.jsonl", "\r\n".join(given))), "--json")
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.stdout.split("\n") if line]
    assert [answer["id"] for answer in answers] == [None, None, "\ud800", 4]
    assert ["advice" in answer for answer in answers] == [False, False, False, True]


def test_batch_reads_standard_input_and_a_file_with_a_byte_order_mark(improv_command, write):
    line = '{"id": "一", "query": "房间"}\n'
    for result in (
        improv_command("search", "--batch", "-", "--json", given=line),
        improv_command("search", "--batch", str(write("bom.jsonl", b"\xef\xbb\xbf" + line.encode())), "--json"),
    ):
        assert result.exit_code == 0
        assert [answer["id"] for answer in lines(result)] == ["一"]


def test_batch_that_is_not_text_is_bad_input(improv_command, write):
    result = improv_command("search", "--batch", str(write("lines.jsonl", b'{"id": "\xff"}')), "--json")
    assert result.exit_code == 2
    assert "UTF-8" in result.stderr


def test_batch_at_an_unknown_site_fails_at_once_not_on_every_line(improv_command, write):
    path = str(write("lines.jsonl", '{"id": "a", "text": "queue"}\n' * 3))
    result = improv_command("suggest", "--batch", path, "--json", "--site", "atlantis")
    assert (result.exit_code, result.stdout) == (2, "")


def test_search_ranks_from_one_and_gives_every_promised_field(improv_command):
    answers = json.loads(improv_command("search", "house key and a drink while waiting", "-k", "3", "--json").stdout)
    assert [answer["rank"] for answer in answers] == [1, 2, 3]
    assert all(answer.keys() >= FIELDS for answer in answers)
    assert answers[0]["document"] == "hotel.room-not-ready"


def test_search_in_a_batch_answers_as_one_by_one(improv_command, write):
    queries = ["fire alarm", "房间没好"]
    path = write("q.jsonl", "".join(json.dumps({"id": n, "query": q}) + "\n" for n, q in enumerate(queries)))
    batch = lines(improv_command("search", "--batch", str(path), "-k", "2", "--json"))
    for number, query in enumerate(queries):
        alone = json.loads(improv_command("search", query, "-k", "2", "--json").stdout)
        assert batch[number] == {"id": number, "results": alone}
