"""What any studio serves beside its views: its own files, and tokens for another window."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from moip_press.kit.folders import program_folder
from moip_press.studio.access import Keys

HERE = Path(__file__).parent


def files_of_program(keys: Keys) -> list[BaseRoute]:
    """Return the addresses of scripts, styles and fonts, and of the token that opens a window."""

    async def token(_request: Request) -> Response:
        return JSONResponse({"token": keys.token()})

    return [
        Mount("/assets", StaticFiles(directory=HERE / "assets")),
        Mount("/fonts", StaticFiles(directory=program_folder("styles") / "fonts")),
        Route("/token", token, methods=["POST"]),
    ]
