import re
from pathlib import Path

from warehouse.dictionary import markdown

ROOT = Path(__file__).parents[2]


def test_the_data_dictionary_is_what_the_model_says():
    assert (ROOT / "docs/data-dictionary.md").read_text() == markdown(), (
        "run: python -m warehouse.dictionary > docs/data-dictionary.md"
    )


def test_dagsters_settings_reach_an_installed_package_too():
    assert '"dagster.yaml" = "pipelines/dagster.yaml"' in (ROOT / "pyproject.toml").read_text()


def test_every_guarantee_names_a_test_that_is_there():
    rows = [line for line in (ROOT / "docs/guarantees.md").read_text().splitlines() if line.startswith("| ")][1:]
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)`", row)
        assert named, row
        for name in named:
            assert "def test_" in (ROOT / name).read_text(), name
