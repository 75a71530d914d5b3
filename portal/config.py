"""Settings, read once from `PORTAL_…` variables; a half-configured portal refuses to start."""

import sys
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, HttpUrl, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})


class Misconfigured(Exception):
    """Settings are missing or wrong; the message names each and is meant for the person who installs."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(
            "\n".join(["The portal does not start; .env.example explains each setting:", *sentences])
        )


class Settings(BaseSettings):
    """Everything that differs between two installations. `.env.example` lists each with one comment."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_", extra="ignore")

    secret_key: SecretStr = Field(min_length=32)
    old_secret_keys: list[Annotated[SecretStr, Field(min_length=32)]] = []
    base_url: HttpUrl
    data_dir: Path = Path("data")
    database_url: str = ""
    storage_url: str = ""
    storage_endpoint: str = ""
    storage_region: str = ""
    storage_access_key: str = ""
    storage_secret_key: SecretStr = SecretStr("")
    redis_url: str = ""
    smtp_host: str = "localhost"
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_security: Literal["none", "starttls", "tls"] = "starttls"
    smtp_username: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_timeout_seconds: float = Field(default=10, gt=0, le=15)  # a whole mail must fit half a claim's lease
    mail_sender: str = Field(default="", pattern=r"^$|^[^\s@<>,;]+@[^\s@<>,;]+$")
    proxies: int = Field(default=0, ge=0, le=5)
    inbox_dir: Path | None = None
    rate_limits: bool = True

    @model_validator(mode="after")
    def _embedded_defaults(self) -> Self:
        data = self.data_dir.resolve()
        self.database_url = self.database_url or f"sqlite:///{data / 'portal.sqlite3'}"
        self.storage_url = self.storage_url or (data / "files").as_uri()
        return self

    @model_validator(mode="after")
    def _nothing_half_configured(self) -> Self:
        if bool(self.smtp_username) != bool(self.smtp_password.get_secret_value()):
            raise ValueError("PORTAL_SMTP_USERNAME and PORTAL_SMTP_PASSWORD go together")
        if bool(self.storage_access_key) != bool(self.storage_secret_key.get_secret_value()):
            raise ValueError("PORTAL_STORAGE_ACCESS_KEY and PORTAL_STORAGE_SECRET_KEY go together")
        if not self.mail_sender:
            self.mail_sender = f"noreply@{self.base_url.host}"
        if self.base_url.path not in {None, "/"} or self.base_url.query:
            raise ValueError("PORTAL_BASE_URL ends after the host and the port")
        if not self.database_url.startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ValueError("PORTAL_DATABASE_URL starts with sqlite:/// or postgresql://")
        if not self.storage_url.startswith(("file:///", "s3://", "memory://")):
            raise ValueError("PORTAL_STORAGE_URL starts with file:/// or s3://")
        if self.redis_url and not self.redis_url.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("PORTAL_REDIS_URL starts with redis://, rediss:// or unix://")
        return self

    @property
    def public_url(self) -> str:
        """The address customers reach, without a slash at the end; links in mails start with it."""
        return str(self.base_url).rstrip("/")

    @property
    def local(self) -> bool:
        """Whether only this machine reaches the portal, as with demos and tests."""
        return self.base_url.host in LOCAL

    @property
    def secure(self) -> bool:
        """Whether customers reach the portal over TLS."""
        return self.base_url.scheme == "https"


def read(**given: object) -> Settings:
    """Settings from the environment, `given` winning over it.

    Raises:
        Misconfigured: naming every variable that is missing or wrong.
    """
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except SettingsError as error:
        raise Misconfigured(f"{error}; lists are written as JSON") from None
    except ValidationError as error:
        raise Misconfigured(*(_sentence(**problem) for problem in error.errors())) from None


def _sentence(
    *, type: str, loc: tuple[int | str, ...], msg: str, ctx: dict[str, Any] | None = None, **_: Any
) -> str:
    name = "_".join(["PORTAL", *map(str, loc)]).upper()
    match type, ctx:
        case "missing", _:
            return f"{name} is not set"
        case "too_short", {"min_length": least}:
            return f"{name} needs at least {least} characters"
        case "value_error", {"error": error}:
            return str(error)
        case _:
            return f"{name}: {msg}"


if __name__ == "__main__":  # as gunicorn.conf.py asks: all of the portal would take seconds more to load
    try:
        read()
    except Misconfigured as misconfigured:
        sys.exit(str(misconfigured))
