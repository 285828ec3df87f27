"""The certificate of the fetching tests, for captures of secure exchanges."""

from tests.fetch.conftest import certificate

__all__ = ["certificate"]
