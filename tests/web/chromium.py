"""A headless Chromium driven over its DevTools protocol (chromedevtools.github.io/devtools-protocol)."""

import asyncio
import base64
import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

_OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-extensions --remote-debugging-port=0 "
    "--hide-scrollbars"
).split()


class Tab:
    """One tab. ``said`` holds what its console said and what it refused to do, since the last address."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self.said: list[str] = []

    async def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command and its result."""
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        while True:
            message = await self._next()
            if message.get("id") == self._number:
                assert "error" not in message, message["error"]
                result: dict[str, Any] = message["result"]
                return result

    async def open(self, address: str) -> None:
        """Load ``address``, all of it."""
        self.said.clear()
        await self.ask("Page.navigate", url=address)
        while (await self._next()).get("method") != "Page.loadEventFired":
            pass
        await self.value("0")  # what the page said is here once it answers

    async def value(self, script: str) -> Any:
        """What ``script`` gives in the page."""
        done = await self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return done["result"].get("value")

    async def size(self, width: int, height: int, *, phone: bool = False) -> None:
        """Be so many pixels wide and high."""
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
        await self.ask("Emulation.setDeviceMetricsOverride", **screen)

    async def picture(self, file: Path) -> None:
        """The whole page as PNG."""
        shot = await self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(shot["data"]))

    async def _next(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(await asyncio.wait_for(self._socket.receive_str(), 30))
        match message.get("method"):
            case "Log.entryAdded":
                self.said.append(message["params"]["entry"]["text"])
            case "Runtime.consoleAPICalled":
                self.said.append(str(message["params"]["args"]))
            case "Runtime.exceptionThrown":
                self.said.append(str(message["params"]["exceptionDetails"]))
            case "Page.javascriptDialogOpening":
                self.said.append(f"dialog: {message['params']['message']}")
                self._number += 1
                await self._socket.send_json(
                    {"id": self._number, "method": "Page.handleJavaScriptDialog", "params": {"accept": True}}
                )
        return message


@asynccontextmanager
async def chromium(language: str = "vi") -> AsyncIterator[Tab]:
    """A browser of its own, with one tab."""
    assert PROGRAM
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            [PROGRAM, *_OPTIONS, f"--user-data-dir={folder}", f"--accept-lang={language}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert process.stderr
            port = next(
                line.partition("127.0.0.1:")[2].partition("/")[0]
                for line in process.stderr
                if "DevTools listening on" in line
            )
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                    (target,) = [page for page in await answer.json() if page["type"] == "page"]
                async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                    tab = Tab(socket)
                    for domain in ("Page", "Runtime", "Log"):
                        await tab.ask(f"{domain}.enable")
                    yield tab
        finally:
            process.terminate()
            process.communicate(timeout=20)
