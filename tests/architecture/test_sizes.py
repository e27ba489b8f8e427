from tests.architecture.sources import functions, name_of, page_files, python_files

LONGEST_FUNCTION = 40
LONGEST_TEST = 35
LONGEST_FILE = 250
LONGEST_CONFTEST = 90


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [
        f"{f.place} {f.name}: {f.lines}" for p in python_files() for f in functions(p) if f.lines > LONGEST_FUNCTION
    ]

    assert long == []


def test_no_test_is_longer_than_thirty_five_lines() -> None:
    tests = [f for path in python_files() for f in functions(path) if f.name.startswith("test_")]

    assert [f"{f.place} {f.name}: {f.lines}" for f in tests if f.lines > LONGEST_TEST] == []


def test_no_file_is_longer_than_two_hundred_and_fifty_lines() -> None:
    lengths = {name_of(p): len(p.read_text(encoding="utf-8").splitlines()) for p in python_files() + page_files()}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_conftest_is_longer_than_ninety_lines() -> None:
    lengths = {name_of(p): len(p.read_text(encoding="utf-8").splitlines()) for p in python_files()}

    assert {n: k for n, k in lengths.items() if n.endswith("conftest.py") and k > LONGEST_CONFTEST} == {}


def test_half_of_the_functions_take_eight_lines_or_fewer() -> None:
    product = [f.lines for p in python_files() if name_of(p).startswith("mentormatch/") for f in functions(p)]

    assert sorted(product)[len(product) // 2] <= 8
