"""What a phone installs: the manifest, the service worker, and the one page that opens without a network.

All three are the same for everyone and hold no personal data.
"""

import hashlib
import json
import re
from datetime import date
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import path, reverse

from mentorkorps.web.pages.contact_forms import ContactForm

# What the stylesheets of the page ask for, and the page itself does not name.
OF_STYLESHEETS = (
    "vendor/dkfds/fonts/IBMPlexSans/complete/woff2/IBMPlexSans-Regular.woff2",
    "vendor/dkfds/fonts/IBMPlexSans/complete/woff2/IBMPlexSans-SemiBold.woff2",
    "vendor/dkfds/img/svg-icons/check.svg",
)


@cache
def shell_page() -> str:
    """The page without a network, rendered for nobody: no reader, no token, no names."""
    return render_to_string("phone/page.html", {"form": ContactForm(course=None, mentors=[], today=date.min)})


@cache
def shell_files() -> tuple[str, ...]:
    """The addresses of every file that the page needs."""
    named = re.findall(r'(?:href|src)="([^"]+\.(?:css|js|svg|png))"', shell_page())
    return tuple(dict.fromkeys([*named, *(static(name) for name in OF_STYLESHEETS)]))


@cache
def shell_version() -> str:
    """Another for every change of the page or of the names of its files, which carry a hash of their contents."""
    said = "\n".join([shell_page(), *shell_files(), render_to_string("phone/worker.js")])
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def phone_page(request: HttpRequest) -> HttpResponse:
    """Logging without a network, and what waits on this device."""
    return HttpResponse(shell_page())


def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, asked for anew each time, from the root so that it sees every page."""
    context = {"version": shell_version(), "files": json.dumps(shell_files())}
    said = render_to_string("phone/worker.js", context)
    return HttpResponse(said, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


def manifest(request: HttpRequest) -> JsonResponse:
    """How the house looks among a phone's apps."""
    icons = [
        {
            "src": static(f"img/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    said: dict[str, Any] = {
        "name": "Mentorkorps", "short_name": "Mentorkorps", "lang": "da", "id": "/", "scope": "/",
        "start_url": reverse("my_week"), "display": "standalone", "theme_color": "#0b4f5e",
        "background_color": "#ffffff", "icons": icons,
    }  # fmt: skip
    return JsonResponse(said, content_type="application/manifest+json")


urls = [
    path("telefon/", phone_page, name="phone_page"),
    path("sw.js", worker, name="phone_worker"),
    path("manifest.webmanifest", manifest, name="phone_manifest"),
]
