"""A connection to a hub: its address, the token, and errors that say what to do."""

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from huggingface_hub import HfApi, constants, get_session, get_token
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.utils import disable_progress_bars, enable_progress_bars

from tasrih.errors import ArgumentError, InvalidError, MissingError, TasrihError, UnavailableError
from tasrih.terminal import clean

_ADDRESS = re.compile(r"https?://([\w.-]+|\[[\da-fA-F:.]+\])(:\d+)?(/[^\s?#]*)?")
PATIENCE = 300  # seconds a hub may be silent; over a commit of many files it takes minutes

_LOGIN = "Set HF_TOKEN to a token that may write, or run `hf auth login`."
_REFUSALS = {
    401: f"the hub does not accept the token. {_LOGIN}",
    403: f"the token has no right to do this. Ask the owner of the repository, or use another token. {_LOGIN}",
    404: "there is no such dataset, or the token may not see it. Check the name, the token and the address of the hub.",
    412: "somebody else pushed at the same time, and what they pushed was kept. Look at it, then push again.",
    429: "the hub has had too many requests. Wait some minutes, then push again.",
}
_FAILURE = "the hub failed. Push again later: it goes on where it stopped."


@contextmanager
def connected(repo_id: str, endpoint: str | None, *, writes: bool) -> Iterator[HfApi]:
    """A client of a hub, by default that of HF_ENDPOINT or huggingface.co, for work on one repository.

    Where it only reads, it does without a token (its `token` is False) if there is none.
    Whatever the client raises inside becomes a TasrihError that says what to do and holds no token.
    """
    address, token = _address(endpoint), None
    try:
        token = _token(writes=writes)
        with ExitStack() as settings:
            _set(settings)
            yield HfApi(endpoint=address, token=token or False)
    except TasrihError:
        raise
    except Exception as error:
        told = f"{repo_id} on {address}: {_reason(error)}"
        raise UnavailableError(clean(told.replace(token, "(token)") if token else told)) from error


def _address(endpoint: str | None) -> str:
    address = (endpoint or constants.ENDPOINT).rstrip("/")
    if not _ADDRESS.fullmatch(address):
        raise ArgumentError(f"{clean(address)}: not the address of a hub. Write it like https://hub.example.org.")
    return address


def _token(*, writes: bool) -> str | None:
    token = get_token()
    if not token:
        if writes:
            raise MissingError(f"There is no token for the hub. {_LOGIN}")
        return None
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise InvalidError(f"The token for the hub holds characters that no token has. {_LOGIN}")
    return token


def _set(settings: ExitStack) -> None:
    """Sets the client for a while: by itself it waits for ever, and draws bars where there is no terminal."""
    session = get_session()
    settings.callback(setattr, session, "timeout", session.timeout)
    session.timeout = PATIENCE
    if not sys.stderr.isatty() and constants.HF_HUB_DISABLE_PROGRESS_BARS is None:
        disable_progress_bars()
        settings.callback(enable_progress_bars)


def _reason(error: Exception) -> str:
    causes = list(_causes(error))
    refusal = next((cause for cause in causes if isinstance(cause, HfHubHTTPError)), None)
    if refusal:
        status = refusal.response.status_code
        told = f" (It says: {refusal.server_message})" if refusal.server_message else ""
        return _REFUSALS.get(status, _FAILURE if status >= 500 else f"the hub refuses, with status {status}.") + told
    root = str(causes[-1]) or type(causes[-1]).__name__
    if isinstance(error, LookupError | TypeError | ValueError):
        return f"this is not the address of a hub, or a file is not as it should be: {root}"
    return f"the connection failed or broke off: {root}. Check it and the address, then push again."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__
