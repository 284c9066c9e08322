"""What any studio serves beside its views: its own files, and tokens for another window."""

from __future__ import annotations

from pathlib import Path, PurePath

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from moip_press.kit.folders import program_folder
from moip_press.report import webpage
from moip_press.studio.access import TOKEN, Keys

HERE = Path(__file__).parent
LISTING = ("page.css", "page.js")
"""The look and the script of lists of changes, as pages of their own have them."""


async def _listing(request: Request) -> Response:
    return FileResponse(webpage.HERE / PurePath(request.url.path).name)


def files_of_program(keys: Keys) -> list[BaseRoute]:
    """Return the addresses of scripts, styles and fonts, and of the token that opens a window."""

    async def token(_request: Request) -> Response:
        return JSONResponse({"opens": keys.opening()})

    return [
        *(Route(f"/listing/{name}", _listing) for name in LISTING),
        Mount("/assets", StaticFiles(directory=HERE / "assets")),
        Mount("/fonts", StaticFiles(directory=program_folder("styles") / "fonts")),
        Route(TOKEN, token, methods=["POST"]),
    ]
