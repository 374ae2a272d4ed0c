"""How the mock provider is configured."""

from dataclasses import dataclass
from pathlib import Path

from foundation.clock import Clock, system_clock


@dataclass(frozen=True)
class MockClient:
    """A relying party that is registered with the mock."""

    client_id: str
    redirect_uris: tuple[str, ...]
    #: where the client shows its public keys
    jwks_uri: str


@dataclass(frozen=True)
class MockIdpSettings:
    """``base_url`` is where the mock is reached, without a slash at the end."""

    base_url: str
    clients: tuple[MockClient, ...]
    #: forms_defs/sample/personas.yaml
    personas: Path
    #: keeps the authority's keys, the cards and the provider's own database (var/jpki-mock)
    data_directory: Path
    #: MADOGUCHI_ENV=production: the mock refuses to be made
    production: bool = False
    clock: Clock = system_clock

    @property
    def issuer(self) -> str:
        return f"{self.base_url}/api/realms/main"
