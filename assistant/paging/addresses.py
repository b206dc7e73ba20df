"""Where webhooks lie and how they are signed: a file of secrets outside the corpus, read when it is needed."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, ValidationError

from assistant.errors import SetupError


def is_safe(url: str) -> bool:
    """Whether it is https, or leads no further than this machine."""
    parts = urlsplit(url)
    if not parts.hostname or parts.username is not None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _https(url: SecretStr) -> SecretStr:
    if not is_safe(url.get_secret_value()):
        raise ValueError("must be an https:// address")
    return url


class Address(BaseModel):
    """Where to, and the signing secret where that chat has one. Neither shows in logs: both are secrets."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[SecretStr, AfterValidator(_https)]
    secret: SecretStr = Field(default=SecretStr(""))


ADDRESSES = TypeAdapter(dict[str, Address])


class AddressBook:
    """The addresses of a paging file; a file that changed is read again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[int, dict[str, Address]] = (0, {})

    def get(self, id_: str) -> Address:
        """The address of a webhook. Raises SetupError that names the file and the mend, never the secret."""
        try:
            changed = self._path.stat().st_mtime_ns
            if changed != self._read[0]:
                text = self._path.read_text(encoding="utf-8")
                self._read = (changed, ADDRESSES.validate_python(yaml.safe_load(text) or {}))
        except FileNotFoundError:
            self._read = (0, {})
        except (OSError, UnicodeDecodeError) as error:
            raise SetupError(f"{self._path} cannot be read ({type(error).__name__}); correct it") from error
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f"line {mark.line + 1}" if mark else "somewhere"
            raise SetupError(f"{self._path} is no YAML ({where}); correct it") from None
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            raise SetupError(f"{self._path}: {'.'.join(map(str, first['loc']))}: {first['msg']}; correct it") from None
        if id_ not in self._read[1]:
            raise SetupError(f"webhook {id_!r} has no address; add it to {self._path}")
        return self._read[1][id_]
