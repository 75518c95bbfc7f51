import pytest

from kb.errors import SettingError
from kb.settings import Settings


def test_no_environment_is_needed() -> None:
    assert Settings.from_environment({}) == Settings()


def test_the_environment_gives_settings() -> None:
    settings = Settings.from_environment({"INFORCE_PORT": "8080", "INFORCE_TIMEZONE": "UTC"})
    assert (settings.port, settings.zone.key) == (8080, "UTC")


@pytest.mark.parametrize("port", ["", "0", "-1", "http", "８０８０"])
def test_a_port_that_is_no_number_is_named(port: str) -> None:
    with pytest.raises(SettingError, match="INFORCE_PORT"):
        Settings.from_environment({"INFORCE_PORT": port})


def test_an_unknown_time_zone_is_named() -> None:
    with pytest.raises(SettingError, match="Asia/Beijing"):
        _ = Settings(timezone="Asia/Beijing").zone
