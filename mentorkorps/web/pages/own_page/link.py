"""The link to a citizen's own page: made, shown once as text and QR code, and closed."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from mentorkorps.followup.actions.citizen_page import close_links, make_link
from mentorkorps.followup.queries.citizen_page import links_of, said_on
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.pages.course.frame import show
from mentorkorps.web.qr import qr_svg


@door(May.WORK_ON_COURSE)
def citizen_link(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Makes a link and shows it now and never again; a new one closes those before it."""
    course = access.course(request, key, verb="link til borgerens side")
    if request.POST.get("act") == "close":
        close_links(course, by=request.user)
        messages.success(request, "Borgerens side er lukket. Lav et nyt link, når borgeren skal ind igen.")
        return redirect("citizen_link", key=course.id)
    made = None
    if request.method == "POST":
        try:
            made, secret = make_link(course, by=request.user, now=timezone.now())
        except ValidationError as ended:
            messages.error(request, ended.message)
            return redirect("course", key=course.id)
    address = request.build_absolute_uri(reverse("own_page_start", args=[secret])) if made else ""
    return show(
        request, "citizen_link", course, made=made, address=address, links=links_of(course), said=said_on(course),
        now=timezone.now(), qr=qr_svg(address, label="QR-kode til borgerens side") if made else "",
    )  # fmt: skip
