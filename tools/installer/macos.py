"""macOS: what the app says of itself, and the script that signs, notarises and packs it. Written and checked as files here; the app
itself is made on macOS, which its makers have not yet done."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.installer import notices
from tools.installer.notmade import NotMade
from tools.installer.templates import HERE, filled, numbers

ROOT = Path(__file__).resolve().parents[2]
BUNDLE_ID = "org.g20desk.G20Desk"
APP = "G20 Desk.app"
LEAST = "13.0"


def info(version: str, epoch: int) -> dict[str, Any]:
    """Info.plist, what PyInstaller does not write of itself. No usage text for camera, microphone, contacts or place: none is
    asked for. `epoch`: the year of the copyright."""
    return {
        "CFBundleExecutable": "g20desk-window",
        "CFBundleDisplayName": "G20 Desk",
        "CFBundleName": "G20 Desk",
        "CFBundleVersion": ".".join(map(str, numbers(version)[:3])),
        "CFBundleShortVersionString": ".".join(map(str, numbers(version)[:3])),
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "ar"],
        "LSMinimumSystemVersion": LEAST,
        "LSApplicationCategoryType": "public.app-category.business",
        "LSBackgroundOnly": False,
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "NSSupportsAutomaticGraphicsSwitching": True,
        "NSHumanReadableCopyright": f"© {datetime.fromtimestamp(epoch, UTC).year} G20 Desk maintainers. Apache License 2.0",
        # Hubs and networks are asked over TLS alone; a rehearsal's stand-ins are on this computer.
        "NSAppTransportSecurity": {"NSAllowsLocalNetworking": True},
    }


def write(out: Path, version: str, epoch: int) -> list[Path]:
    """The script and what it needs, in `out`/macos; the same bytes for the same version and epoch (seconds since 1970)."""
    folder = out / "macos"
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    script = folder / "make_dmg.sh"
    script.write_text(filled("make_dmg.sh", VERSION=version, STAMP=stamp), encoding="utf-8", newline="\n")
    script.chmod(0o755)
    shutil.copyfile(HERE / "entitlements.plist", folder / "entitlements.plist")
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE.txt")
    return [script, folder / "entitlements.plist", folder / "LICENSE.txt"]


def build(frozen: Path, out: Path, version: str, epoch: int) -> Path:
    """The .dmg, in `out`, of the app that PyInstaller built beside the folder. Raises NotMade, the script having said why."""
    app = frozen.parent / APP
    notices.write(app / "Contents" / "Resources" / "THIRD-PARTY-NOTICES.txt")
    script, *_ = write(out, version, epoch)
    if subprocess.run(["/bin/bash", str(script), str(app), str(out)], check=False).returncode != 0:
        raise NotMade("make_dmg.sh failed; what it said stands above.")
    return out / f"g20desk_{version}_macos.dmg"
