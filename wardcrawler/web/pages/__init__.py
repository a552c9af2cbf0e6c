"""The pages, a module each: questions to the database, and a template."""

from collections.abc import Mapping
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from wardcrawler.web.headers import STRICT


async def render(
    datasette: Datasette, request: Request, template: str, found: Mapping[str, Any], status: int = 200
) -> Response:
    """Render a page of ours, under the policy that lets a browser run nothing."""
    html = await datasette.render_template(template, {"ours": True, **found}, request=request)
    return Response.html(html, status=status, headers={"Content-Security-Policy": STRICT})
