"""Every setting of Inforce, with its default and what it is for.

One frozen object is made at the start and passed on; nothing reads the environment later. Each setting may be given as an
environment variable, `INFORCE_` and its name in capitals; none has to be.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kb.errors import SettingError

PREFIX = "INFORCE_"
FALLBACKS = ("none", "embedded")
_INDEX_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_HOST_NAME = re.compile(r"\.?[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?|\[[0-9a-f:]{2,39}\]")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one running service."""

    corpus: Path = field(default=Path("regulations"), metadata={"help": "The folder of regulations."})
    derived: Path = field(
        default=Path("derived"), metadata={"help": "The folder for what is computed from the corpus; it may be deleted."}
    )
    timezone: str = field(default="Asia/Shanghai", metadata={"help": "The time zone whose civil day is “today”, an IANA name."})
    reload_seconds: int = field(
        default=2, metadata={"help": "How often the service looks whether files have changed; 0: never.", "least": 0}
    )
    host: str = field(default="127.0.0.1", metadata={"help": "The address that `python app.py` listens on."})
    port: int = field(default=8000, metadata={"help": "The port that `python app.py` listens on."})
    public_url: str = field(
        default="", metadata={"help": "The address of the site as others see it; none: that of each request."}
    )
    workers: int = field(default=2, metadata={"help": "The processes of the production server."})
    threads: int = field(default=16, metadata={"help": "The threads of each of them."})
    client_seconds: int = field(
        default=20, metadata={"help": "The most seconds that a client may take to send a request, and to take the answer."}
    )
    hosts: str = field(
        default="", metadata={"help": "The names that the site may be called by, parted by commas; none: by any name."}
    )
    proxies: int = field(
        default=0, metadata={"help": "How many proxies before the site are believed in their X-Forwarded headers.", "least": 0}
    )
    hsts_seconds: int = field(
        default=0, metadata={"help": "How long browsers are to use TLS only (HSTS); 0: they are told nothing.", "least": 0}
    )
    rate_limit: str = field(
        default="", metadata={"help": "The most requests of one address, such as `600 per minute`; none: no limit."}
    )
    rate_storage: str = field(
        default="memory://",
        repr=False,
        metadata={
            "help": "Where requests are counted: in each worker, or `redis://…` for all; a password in it is never shown."
        },
    )
    heavy_requests: int = field(
        default=4, metadata={"help": "The most searches, comparisons and questions that one worker answers at once."}
    )
    batch_rows: int = field(default=10_000, metadata={"help": "The most rows that one batch may have."})
    batch_questions: int = field(default=200, metadata={"help": "The most questions that one batch may have on the web."})
    upload_bytes: int = field(default=4_000_000, metadata={"help": "The most bytes that one request may have."})
    model_url: str = field(
        default="", metadata={"help": "The address of an OpenAI-compatible endpoint; none: no model is used."}
    )
    model_name: str = field(default="", metadata={"help": "The name of the model at that address."})
    model_key: str = field(default="", repr=False, metadata={"help": "The key for that address; it is never shown."})
    model_seconds: int = field(default=20, metadata={"help": "The most seconds that the model may take for one answer."})
    opensearch_urls: str = field(
        default="", metadata={"help": "The addresses of an OpenSearch cluster, parted by commas; none: the index is embedded."}
    )
    opensearch_user: str = field(default="", metadata={"help": "The name to give to that cluster, if it wants one."})
    opensearch_password: str = field(default="", repr=False, metadata={"help": "The password for it; it is never shown."})
    opensearch_prefix: str = field(default="inforce", metadata={"help": "What the names of our indexes begin with there."})
    opensearch_seconds: int = field(default=5, metadata={"help": "The most seconds that the cluster may take for one answer."})
    opensearch_fallback: str = field(
        default="none",
        metadata={"help": "While the cluster is away: `none` answers 503, `embedded` from an index of our own."},
    )

    def __post_init__(self) -> None:
        _check_model(self)
        _check_cluster(self)
        _check_public_url(self)
        _check_hosts(self)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings that the environment gives; raise SettingError for one that cannot be used."""
        given: dict[str, object] = {}
        for item in fields(cls):
            text = environment.get(PREFIX + item.name.upper())
            if text is not None:
                given[item.name] = _parse(item.name, text, type(item.default), item.metadata.get("least", 1))
        return cls(**given)  # type: ignore[arg-type]

    @property
    def host_names(self) -> tuple[str, ...]:
        """The names that the site may be called by; empty where any will do."""
        return tuple(name.strip().lower() for name in self.hosts.split(",") if name.strip())

    @property
    def zone(self) -> ZoneInfo:
        """The time zone; raises SettingError where there is none of that name."""
        try:
            return ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            message = f"The setting `timezone` names no time zone: {self.timezone!r}."
            raise SettingError(message, "Use an IANA name such as Asia/Shanghai.") from error


def _check_model(settings: Settings) -> None:
    """Raise SettingError where a model is named by halves, or by what is no address; the key is in no message."""
    if not settings.model_url:
        return
    if not _is_plain_address(settings.model_url):
        message = f"{PREFIX}MODEL_URL is not a plain address of the web."
        raise SettingError(message, f"Write it as http://127.0.0.1:8080/v1; a key goes into {PREFIX}MODEL_KEY.")
    if not settings.model_name:
        raise SettingError(f"{PREFIX}MODEL_NAME is missing.", f"Name the model, or unset {PREFIX}MODEL_URL.")
    key = settings.model_key
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise SettingError(f"{PREFIX}MODEL_KEY has characters that no key may have.", "Set it again, without a line end.")


def _check_cluster(settings: Settings) -> None:
    """Raise SettingError where the cluster of search is named by what is no address, or told what cannot be."""
    urls = settings.opensearch_urls
    if urls and not all(_is_plain_address(url.strip()) for url in urls.split(",")):
        message = f"{PREFIX}OPENSEARCH_URLS has what is not a plain address of the web."
        raise SettingError(message, "Write it as https://one.example:9200,https://two.example:9200; the name goes apart.")
    if not _INDEX_NAME.fullmatch(settings.opensearch_prefix):
        message = f"{PREFIX}OPENSEARCH_PREFIX={settings.opensearch_prefix!r} cannot begin the name of an index."
        raise SettingError(message, "Use small letters, digits and hyphens, a letter first, at most 40.")
    if settings.opensearch_fallback not in FALLBACKS:
        message = f"{PREFIX}OPENSEARCH_FALLBACK={settings.opensearch_fallback!r} is not a choice."
        raise SettingError(message, f"Choose one of {', '.join(FALLBACKS)}.")


def _check_public_url(settings: Settings) -> None:
    """Raise SettingError where the site would be called by what is no address."""
    if settings.public_url and not _is_plain_address(settings.public_url):
        message = f"{PREFIX}PUBLIC_URL={settings.public_url!r} is not the plain address of a site."
        raise SettingError(
            message, "Write it as https://rules.example.org, with the path that the site is served below, if any."
        )


def _check_hosts(settings: Settings) -> None:
    """Raise SettingError where the site would be called by what is no name of a host."""
    for name in settings.host_names:
        if not _HOST_NAME.fullmatch(name):
            message = f"{PREFIX}HOSTS has {name!r}, which is no name of a host."
            raise SettingError(message, "Write names without scheme and port: rules.example.org,127.0.0.1.")


def _is_plain_address(text: str) -> bool:
    """Return whether a text is the address of a server, without a user, a query or a fragment in it."""
    try:
        address = urlsplit(text)
        _ = address.port
    except ValueError:
        return False
    is_bare = not (address.username or address.password or address.query or address.fragment)
    return address.scheme in ("http", "https") and bool(address.hostname) and is_bare and text.isprintable() and " " not in text


def _parse(name: str, text: str, kind: type, least: int) -> object:
    if kind is not int:
        return Path(text) if issubclass(kind, Path) else text
    if text.isascii() and text.isdecimal() and int(text) >= least:
        return int(text)
    message = f"{PREFIX}{name.upper()}={text!r} is not a whole number{' above zero' if least else ''}."
    raise SettingError(message, "Correct the environment variable, or unset it.")
