"""Where things are and which parts to use. The only reader of the environment."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SetupError


class Settings(BaseSettings):
    """Environment variables `IMPROV_*`; every one has a default."""

    model_config = SettingsConfigDict(env_prefix="IMPROV_", frozen=True, extra="ignore")

    home: Path = Path(".improv")
    corpus: Path = Path("corpus")
    site: str = "demo-hotel"
    embedding_model: str = "bundled"
    chroma_url: str = ""
    database_url: str = ""
    llm_base_url: str = ""
    llm_model: str = ""
    llm_api_key: SecretStr = SecretStr("")
    llm_timeout_s: float = Field(default=20.0, gt=0)
    """How long the reworded advice may take, all tries together; the playbook's stands in the meantime."""

    llm_tokens_per_request: int = Field(default=6000, ge=0)
    """Sent and received for one advice, at most."""

    llm_tokens_per_day: int = Field(default=2_000_000, ge=0)
    """Of all requests since midnight UTC; 0: none is sent."""

    llm_cost_per_day: float = Field(default=0.0, ge=0)
    """In the currency of the two prices; 0: no limit."""

    llm_price_in: float = Field(default=0.0, ge=0)
    """Of a million tokens sent."""

    llm_price_out: float = Field(default=0.0, ge=0)
    """Of a million tokens received."""

    prompts: Path = Path("prompts")
    """The words sent to the model."""

    allowed_origins: str = ""
    """Origins, separated by commas, whose pages may embed the widget; the server's own always may."""
    requests_per_minute: int = 120
    """How often one client address may ask for advice."""

    manager_token: SecretStr = SecretStr("")
    """What a manager shows to change documents and to read the gaps; unset: only from this machine."""

    public_url: str = ""
    """Under which address staff reach this server; pages that go out lead there."""
    paging_file: str = ""
    """Where the addresses and secrets of webhooks lie; unset: paging.yaml in the home."""
    push_hosts: str = ""
    """Push services, separated by commas, that may be told to show calls on phones; unset: none."""

    @property
    def paging(self) -> Path:
        """The file of the addresses and secrets of webhooks."""
        return Path(self.paging_file) if self.paging_file else self.home / "paging.yaml"

    @property
    def push_services(self) -> tuple[str, ...]:
        """The allowed push services, as host names or patterns like *.push.apple.com."""
        return tuple(host.strip() for host in self.push_hosts.split(",") if host.strip())

    @property
    def models(self) -> Path:
        """Where unpacked encoders and trained heads are kept."""
        return self.home / "models"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the records."""
        return self.database_url or f"sqlite:///{(self.home / 'improv.db').resolve()}"

    @property
    def has_llm(self) -> bool:
        """Whether a language model is named."""
        return bool(self.llm_base_url and self.llm_model)

    @property
    def origins(self) -> list[str]:
        """The allowed origins as a list."""
        return [origin.strip() for origin in self.allowed_origins.split(",") if origin.strip()]


def load_settings() -> Settings:
    """Read the environment. Raises SetupError that names the variable and the mend."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "IMPROV_" + str(first["loc"][0]).upper()
        raise SetupError(f"{name} is set to {first['input']!r}: {first['msg']}; correct or unset it") from error


def stay_offline() -> None:
    """Switch off telemetry, hub access and needless threads of the libraries below us, before they are imported."""
    for name in (
        "HF_HUB_OFFLINE",
        "TRANSFORMERS_OFFLINE",
        "HF_HUB_DISABLE_TELEMETRY",
        "DISABLE_TELEMETRY",
        "DO_NOT_TRACK",
    ):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("LANGCHAIN_TRACING_V2", "false")
    os.environ.setdefault("LANGSMITH_TRACING", "false")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # Our matrices are small: a second thread costs more in waking than it saves in computing.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
