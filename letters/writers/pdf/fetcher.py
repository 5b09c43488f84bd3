"""URL → picture of the look, or refusal: nothing is ever read from disk or network while a letter is made."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from letters.writers.html import ASSET_SCHEME, media_type


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
    """Serves the named pictures of a look and stops the rendering at any other URL."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._assets = {ASSET_SCHEME + quote(name, safe=""): picture for name, picture in assets.items()}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the picture `url` names; raises `FatalURLFetchingError`, which nothing in WeasyPrint catches."""
        picture = self._assets.get(url)
        if picture is None:
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, picture, {"Content-Type": media_type(picture)})
