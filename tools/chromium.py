"""Finds the browser of the tests: Chromium or Chrome of this machine, or Debian's when we may install it."""

import os
import shutil
import subprocess

# Chromium without windows around its pages: it draws the same ones for half of the processor's time.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without a sandbox because the tests may run as root; quiet, because they count the page's own bytes.
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
APT = ("apt-get", "-q", "-y", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1")


def chromium() -> str | None:
    """Path of the browser; the environment variable CHROMIUM wins."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> str | None:
    """Debian's Chromium without windows, or the whole one, where we are root on a Debian; the best there is
    then. None: it could not be had."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        # A list of packages that is there already may do; a machine without network has soon tried.
        for command in (("install", SHELL), ("update",), ("install", SHELL), ("install", "chromium")):
            if shutil.which(SHELL) or (command[-1] == "chromium" and chromium()):
                break
            subprocess.run(
                [*APT, "--no-install-recommends", *command],
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                check=False,
            )
    return chromium()
