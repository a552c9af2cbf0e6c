"""One message to a real server: what is tried again, what is given up, and that nothing is raised."""

import socket

import pytest

from tests.support.listener import Listener
from wardcrawler.monitoring.alerts import PAUSES, send

BODY = "phường: xong".encode()


def sent(url: str, body: bytes | None = None, timeout: float = 10) -> tuple[str | None, list[float]]:
    """What ``send`` says, and the pauses it made."""
    pauses: list[float] = []
    return send(url, body, "text/plain", timeout=timeout, pause=pauses.append), pauses


def test_without_a_body_it_gets_and_with_one_it_posts(listener: Listener) -> None:
    assert sent(f"{listener.address}/a") == (None, [])
    assert sent(f"{listener.address}/b", BODY) == (None, [])
    assert listener.paths() == ["GET /a", "POST /b"]
    assert (listener.heard[1].body, listener.heard[1].media_type) == (
        "phường: xong",
        "text/plain; charset=utf-8",
    )


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_in_trouble_is_asked_again(listener: Listener, status: int) -> None:
    listener.answers = [status, status]
    assert sent(listener.address, BODY) == (None, list(PAUSES))
    assert [request.body for request in listener.heard] == ["phường: xong"] * 3


def test_it_gives_up_after_the_third_time(listener: Listener) -> None:
    listener.answers = [500] * 9
    assert sent(listener.address) == ("the server answers 500", list(PAUSES))
    assert len(listener.heard) == 3


@pytest.mark.parametrize("status", [400, 404])
def test_a_refusal_is_final(listener: Listener, status: int) -> None:
    listener.answers = [status]
    assert sent(listener.address) == (f"the server answers {status}", [])


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_is_told_and_not_followed(listener: Listener, status: int) -> None:
    listener.answers = [status]
    assert sent(listener.address, BODY) == (f"the server answers {status}", [])
    assert len(listener.heard) == 1


def test_a_server_that_never_answers_is_left(listener: Listener) -> None:
    listener.is_mute = True
    problem, pauses = sent(listener.address, timeout=0.05)
    assert problem in ("no answer within 0.05 s", "timed out", "TimeoutError('timed out')")
    assert pauses == list(PAUSES)


def test_nobody_at_the_address(listener: Listener) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound but not listening: nobody else gets the port either
        problem, pauses = sent(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert problem is not None
    assert "refused" in problem
    assert pauses == list(PAUSES)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hc-ping.com/key",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://",
        "http://[::1",
        "http://a b/",
    ],
)
def test_what_is_no_address_is_told(url: str) -> None:
    problem, _ = sent(url, BODY)
    assert problem
