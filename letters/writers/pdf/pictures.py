"""Look's pictures → images WeasyPrint draws, decoded and packed once instead of for every letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pydyf
from weasyprint import DEFAULT_OPTIONS
from weasyprint.images import get_image_from_uri

from letters.writers.pdf.fetcher import AssetFetcher


class Pictures:
    """Gives WeasyPrint its images by URL."""

    def __init__(self, fetcher: AssetFetcher) -> None:
        self._fetcher = fetcher
        self._loaded: dict[str, Any] = {}

    def __call__(self, url: str, forced_mime_type: str | None = None, context: Any = None, **_: object) -> Any:
        """Return the image at `url`, in WeasyPrint's own signature."""
        known = url in self._loaded
        image = get_image_from_uri(self._loaded, self._fetcher, DEFAULT_OPTIONS, url)
        if image is not None and not known:
            image.get_x_object = _remembered(image.get_x_object)
        return image


def _remembered(pack: Callable[[bool, float], Any]) -> Callable[[bool, float], Any]:
    """Return `pack` with its packed pictures kept; each letter gets stream objects of its own, as they are numbered."""
    packed: dict[tuple[bool, float], Any] = {}

    def get_x_object(interpolate: bool, dpi_ratio: float) -> Any:
        key = interpolate, dpi_ratio
        if key not in packed:
            packed[key] = _fresh(pack(interpolate, dpi_ratio))
        return _fresh(packed[key])

    return get_x_object


def _fresh(stream: Any) -> Any:
    """Return a copy of a picture's stream, its mask included, that belongs to no file yet."""
    extra = dict(stream.extra)
    if "SMask" in extra:
        extra["SMask"] = _fresh(extra["SMask"])
    return pydyf.Stream(stream.stream, extra)
