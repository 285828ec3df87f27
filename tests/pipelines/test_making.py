"""Products of a publication: made of each release once, and told as made or as what they were."""

import shutil

import dagster as dg
import pytest

from archive.home import Home
from pipelines import making
from pipelines.definitions import build_definitions
from pipelines.opened import OpenedHome
from pipelines.resources import HomeFolder


@pytest.fixture
def opened(demo, tmp_path):
    shutil.copytree(demo[0], tmp_path / "home", symlinks=True)
    return OpenedHome(Home.at(tmp_path / "home"))


def test_site_and_exports_are_made_once_for_each_release(opened):
    definitions = build_definitions(home=HomeFolder(folder=str(opened.home.root)))
    sensor = next(one for one in definitions.sensors if one.name == "products")
    job = definitions.resolve_job_def("make_products")
    with dg.DagsterInstance.ephemeral() as instance:

        def tick():
            given = {"instance": instance, "definitions": definitions, "resources": definitions.resources}
            with dg.build_sensor_context(**given) as context:
                return sensor.evaluate_tick(context)

        def made():
            result = job.execute_in_process(instance=instance)
            events = result.get_asset_materialization_events()
            return {one.asset_key.path[-1]: one.materialization.metadata["made anew"].value for one in events}

        (asked,) = tick().run_requests
        assert asked.run_key == making.release_of(opened)
        assert made() == {"site": True, "exports": True}
        assert tick().skip_message.startswith("site and exports show")
        assert made() == {"site": False, "exports": False}
        (opened.home.exports / "archive.bib").unlink()
        assert made() == {"site": False, "exports": True}
    assert (opened.home.site / "index.html").is_file()
    names = {"archive.bib", "archive.ris", "archive.csl.json", "archive.tei.xml", "archive.jsonld"}
    assert {path.name for path in opened.home.exports.iterdir()} == names


def test_where_nothing_is_published_nothing_is_made(tmp_path):
    assert not making.is_behind(OpenedHome(Home.at(tmp_path / "home").prepare()))
