"""Opens pages in Chromium, as Qt carries it: `python browser.py FILE...` prints a line of JSON for each."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = "--no-sandbox --disable-gpu"
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineUrlRequestInterceptor
from PySide6.QtWidgets import QApplication

LOOK = (
    """document.documentElement.hasAttribute("data-done") ? JSON.stringify({
  state: document.getElementById("state").className, said: document.getElementById("state").innerText,
  body: document.getElementById("body").innerText, scripts: document.querySelectorAll("#body script").length,
  picture: document.querySelector("#body img")?.naturalWidth ?? 0,
}) : """
    + '""'
)


class Asked(QWebEngineUrlRequestInterceptor):
    """Whatever a page asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def interceptRequest(self, info: Any) -> None:
        self.urls.append(info.requestUrl().toString()[:80])


class Page(QWebEnginePage):
    """A page that keeps what its console says."""

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.said: list[str] = []
        self.profile().setUrlRequestInterceptor(asked)

    def javaScriptConsoleMessage(self, level: Any, message: str, line: int, source: str) -> None:
        self.said.append(message)


def main(files: list[str]) -> None:
    app = QApplication([])
    asked = Asked()
    left, pages = list(files), list[Page]()

    def following() -> None:
        if not left:
            app.quit()
            return
        asked.urls.clear()
        pages.append(Page(asked))
        pages[-1].loadFinished.connect(lambda _: look())
        pages[-1].load(QUrl.fromLocalFile(left.pop(0)))

    def look() -> None:
        pages[-1].runJavaScript(LOOK, 0, seen)

    def seen(found: str) -> None:
        if not found:
            QTimer.singleShot(50, look)
            return
        print(json.dumps({**json.loads(found), "console": pages[-1].said, "asked": asked.urls}), flush=True)
        following()

    QTimer.singleShot(60_000, lambda: app.exit(1))
    following()
    sys.exit(app.exec())


main(sys.argv[1:])
