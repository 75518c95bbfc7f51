"""A language model behind an OpenAI-compatible endpoint. Off unless the settings name one: no address, no call."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

import httpx

from kb.settings import Settings
from qa.phrasing import Complete, ModelError

MOST_BYTES = 200_000
MOST_TOKENS = 900
_FORM = "Name an OpenAI-compatible endpoint in INFORCE_MODEL_URL; answers do without it."


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked; the key is never shown. `seconds` is the most that a call may take, all in all."""

    address: str
    model: str
    seconds: float
    key: str = field(default="", repr=False)

    def complete(self, messages: Sequence[dict[str, str]]) -> str:
        """Send messages to the model and return the words of its reply.

        Raises ModelError where it cannot be reached in time, or answers with an error, at too great length or in another form.
        """
        body = {"model": self.model, "messages": list(messages), "temperature": 0, "max_tokens": MOST_TOKENS}
        try:
            content = self._post(body)
        except httpx.HTTPStatusError as error:
            message = f"The model did not answer: HTTP status {error.response.status_code}."
            raise ModelError(message, "Check INFORCE_MODEL_URL, INFORCE_MODEL_NAME and INFORCE_MODEL_KEY.") from error
        except httpx.HTTPError as error:
            message = f"The model did not answer: {type(error).__name__}."
            raise ModelError(message, "Check INFORCE_MODEL_URL and the endpoint; answers do without it.") from error
        return _words(content)

    def _post(self, body: dict[str, object]) -> bytes:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        content, latest = b"", monotonic() + self.seconds
        with httpx.stream("POST", self.address, json=body, headers=headers, timeout=self.seconds) as response:
            response.raise_for_status()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > MOST_BYTES:
                    raise ModelError("The model's reply is too long.", "Ask without it, or use another model.")
                if monotonic() > latest:
                    raise httpx.ReadTimeout("The reply took too long.")
        return content


def open_model(settings: Settings) -> Complete | None:
    """Return the function that asks the model of the settings; None where they name none."""
    if not settings.model_url:
        return None
    address = f"{settings.model_url.rstrip('/')}/chat/completions"
    return Endpoint(address, settings.model_name, settings.model_seconds, settings.model_key).complete


def _words(content: bytes) -> str:
    try:
        words = json.loads(content)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise ModelError("The model's reply is not in the form of the interface.", _FORM) from error
    if not isinstance(words, str):
        raise ModelError("The model's reply has no words.", _FORM)
    return words
