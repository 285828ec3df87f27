from pathlib import Path

from warehouse.dictionary import markdown

ROOT = Path(__file__).parents[2]


def test_the_data_dictionary_is_what_the_model_says():
    assert (ROOT / "docs/data-dictionary.md").read_text() == markdown(), (
        "run: python -m warehouse.dictionary > docs/data-dictionary.md"
    )


def test_dagsters_settings_reach_an_installed_package_too():
    assert '"dagster.yaml" = "pipelines/dagster.yaml"' in (ROOT / "pyproject.toml").read_text()
