from workstation.widgets.settings_port import MemorySettings, flag, integer, text

DAMAGED: dict[str, object] = {"word": 7, "count": "seven", "yes": 1, "truth": True}


def test_values_of_another_type_fall_back() -> None:
    assert text(DAMAGED, "word", "usual") == "usual"
    assert integer(DAMAGED, "count", 3) == 3
    assert integer(DAMAGED, "truth", 3) == 3  # a yes is no number
    assert flag(DAMAGED, "yes", False) is False
    assert flag(DAMAGED, "truth", False) is True


def test_missing_values_fall_back() -> None:
    assert (text({}, "a", "x"), integer({}, "a", 1), flag({}, "a", True)) == ("x", 1, True)


def test_a_word_that_is_not_allowed_falls_back() -> None:
    assert text({"mode": "purple"}, "mode", "dark", ["dark", "light"]) == "dark"
    assert text({"mode": "light"}, "mode", "dark", ["dark", "light"]) == "light"


def test_what_is_read_is_a_copy() -> None:
    settings = MemorySettings()
    value: dict[str, object] = {"a": 1}
    settings.put("section", value)
    value["a"] = 2
    settings.get("section")["a"] = 3
    assert settings.get("section") == {"a": 1}
    assert settings.get("never put") == {}
