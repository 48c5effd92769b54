"""The addresses under `/unduh/v1`: builds, answers in every form, fact sheets, the package of all data, and what describes them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

import settings
from errors import AppError, WarehouseError
from exports import naming
from ui import download, results
from ui.access import run
from ui.downloading.shelf import Making, shelf
from ui.serving.files import asked, described, served
from ui.serving.files.refusing import Fault, fault, told
from warehouse.builds import manifests

ADDRESS: Final = "unduh/v1"
AT_ONCE: Final = 2
"""Files made at the same time: scripts wait for each other, so that readers need not."""
PATIENCE: Final = 240.0
LOOK: Final = 0.2
_HOST: Final = re.compile(r"([A-Za-z0-9.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(:\d{1,5})?")
Endpoint = Callable[[Request], Awaitable[Response]]


def routes(base: str = "") -> list[Mount]:
    """The mount for the server; `base` is the path the app lives under."""
    within = base.strip("/")
    limiters: list[CapacityLimiter] = []

    def endpoint(make: Callable[[Request], Response]) -> Endpoint:
        return _endpoint(make, limiters)

    app = Starlette(
        routes=[
            Route("/openapi.json", endpoint(_described)),
            Route("/builds", endpoint(_builds)),
            Route("/{build}/answers/{file}", endpoint(_answer)),
            Route("/{build}/lembar/{place}.pdf", endpoint(_sheet)),
            Route("/{build}/package.zip", _package, methods=["GET"]),
        ],
        exception_handlers={Fault: told, AppError: _unavailable, HTTPException: _elsewhere},
    )
    mount = Mount(f"/{within}/{ADDRESS}" if within else f"/{ADDRESS}", app=app)
    # An address with a line break in it is still ours to refuse.
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return [mount]


def _endpoint(make: Callable[[Request], Response], limiters: list[CapacityLimiter]) -> Endpoint:
    """An address whose file is made in a thread, a few at a time among all addresses that share `limiters`.

    The list is empty until the first request: a limiter belongs to the loop in which it is made.
    """

    async def endpoint(request: Request) -> Response:
        if not limiters:
            limiters.append(CapacityLimiter(AT_ONCE))
        return await to_thread.run_sync(_begun, make, request, limiter=limiters[0])

    return endpoint


def _begun(make: Callable[[Request], Response], request: Request) -> Response:
    run.begin()
    return make(request)


def _described(request: Request) -> Response:
    asked.parameters(request.query_params.multi_items(), ())
    return served.content(request, described.document(request.scope.get("root_path", "")), "application/json")


def _builds(request: Request) -> Response:
    asked.parameters(request.query_params.multi_items(), ())
    kept = manifests.kept(run.chosen())
    return JSONResponse({"builds": [build.__dict__ for build in kept]}, headers={"cache-control": "no-cache"})


def _answer(request: Request) -> Response:
    build_id = asked.build(request.path_params["build"])
    metric, ending = asked.file(request.path_params["file"])
    given = asked.parameters(request.query_params.multi_items(), asked.NAMES)
    shape, selection = asked.shape(metric, ending, given), asked.selection(given)
    if moved := _moved(request, build_id):
        return moved
    result = results.of(metric.metric_id, selection, shape.by, shape.period, shape.group)
    name = naming.file_name(result, build_id, ending)
    return served.content(request, download.made(result, ending), download.media(ending), name)


def _sheet(request: Request) -> Response:
    # What draws is imported when it is first asked for: the server's start need not wait for it.
    from ui.sheet import made

    build_id = asked.build(request.path_params["build"])
    given = asked.parameters(request.query_params.multi_items(), asked.SHEET_NAMES)
    w, place, selection = asked.sheet(request.path_params["place"], given)
    if moved := _moved(request, build_id):
        return moved
    body = made.pdf(w, place, selection, _reached(request))
    return served.content(request, body, served.PDF, made.file_name(w, place, selection))


def _reached(request: Request) -> str:
    """Where this reader reaches the app, for addresses on paper; empty where the request does not say it properly."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        return ""
    scheme = "https" if settings.exposure().tls else request.url.scheme
    return f"{scheme}://{host}{request.scope.get('root_path', '').removesuffix(f'/{ADDRESS}')}"


async def _package(request: Request) -> Response:
    run.begin()
    asked.parameters(request.query_params.multi_items(), ())
    build_id = asked.build(request.path_params["build"])
    if moved := _moved(request, build_id):
        return moved
    making = shelf().ask(build_id, results.suppress_below())
    waited = 0.0
    while making.digest is None and not making.failed and waited < PATIENCE:
        await asyncio.sleep(LOOK)
        waited += LOOK
    return _made(request, build_id, making)


def _made(request: Request, build_id: str, making: Making) -> Response:
    if making.digest is None:
        raise fault(503, "making")
    simulated = results.build().is_simulated
    return served.file(request, making.path, making.digest, naming.whole_name(build_id, simulated=simulated))


def _moved(request: Request, build_id: str) -> Response | None:
    """`current` leads to the address of the build that is current now, which can be cited."""
    if request.path_params["build"] != asked.CURRENT:
        return None
    path = request.url.path.replace(f"/{asked.CURRENT}/", f"/{build_id}/", 1)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(path + query, 307, {"cache-control": "no-store"})


async def _unavailable(request: Request, error: Exception) -> Response:
    code = "warehouse" if isinstance(error, WarehouseError) else "impossible"
    return fault(503 if code == "warehouse" else 400, code).response()


async def _elsewhere(request: Request, error: Exception) -> Response:
    status: Any = getattr(error, "status_code", 404)
    return fault(405, "method").response() if status == 405 else fault(404, "address").response()
