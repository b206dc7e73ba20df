"""What routes share: the product, as FastAPI hands it over."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from assistant.assembly import Improv


def get_improv(request: Request) -> Improv:
    """The product that this server was started with."""
    return cast(Improv, request.app.state.improv)


TheImprov = Annotated[Improv, Depends(get_improv)]
