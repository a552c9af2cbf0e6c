"""One file for each page: what it asks the database, and its template."""

from collections.abc import Mapping
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from wardcrawler.web.headers import STRICT


async def rendered(
    datasette: Datasette, request: Request, template: str, found: Mapping[str, Any], status: int = 200
) -> Response:
    """A page of ours, under the policy that lets a browser run nothing."""
    html = await datasette.render_template(template, {"ours": True, **found}, request=request)
    return Response.html(html, status=status, headers={"Content-Security-Policy": STRICT})
