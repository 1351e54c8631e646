from tests.architecture.source_tree import files_of_tests, functions, modules, name_of

LINES_PER_FILE = 400
LINES_PER_FUNCTION = 40


def test_files_are_short() -> None:
    long = {
        name_of(path): lines
        for path in modules() + files_of_tests()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) >= LINES_PER_FILE
    }
    assert not long


def test_functions_are_short() -> None:
    long = {
        f"{name_of(path)}:{function.name}": lines
        for path in modules()
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) >= LINES_PER_FUNCTION
    }
    assert not long
