"""A folder of many files with broken ones among them goes through in one go."""

from many_files import BROKEN, MAKERS, broken_file, good_file
from shelf import statuses

GOOD, BAD = 54, 10


def test_a_folder_of_every_kind_with_broken_files_goes_through_and_each_is_found(shelf):
    good = [good_file(shelf.files, number) for number in range(GOOD)]
    bad = [broken_file(shelf.files, number) for number in range(BAD)]
    assert {path.suffix for path in good} == set(MAKERS)
    assert len(BROKEN) == BAD
    with shelf.open() as library:
        reports = list(library.ingest([shelf.files]))
        became = statuses(reports)
        names = {path: path.relative_to(shelf.files).as_posix() for path in (*good, *bad)}
        assert {name: became[name] for name in map(names.get, good)} == dict.fromkeys(map(names.get, good), "added")
        assert {names[path] for path in bad} == {r.file for r in reports if r.status == "rejected"}
        assert all(report.reason and "\n" not in report.reason for report in reports if report.status == "rejected")
        assert library.is_sound("main")
        cards = {playbook.document for playbook in library.store.playbooks("main")}
        assert cards == {names[path] for path in good}
        assert shelf.found(library, "handing out umbrellas in house 52")[0] == names[good[52]]
        assert shelf.found(library, "51号楼自行车怎么办理")[0] == names[good[51]]
        again = statuses(list(library.ingest([shelf.files])))
        assert {status for name, status in again.items() if "broken" not in name} == {"unchanged"}
