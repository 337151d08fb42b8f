"""Papers on their way out of the house: as PDF in the browser, journalled as a print."""

from django.http import HttpRequest, HttpResponse

from mentorkorps.cases.models import Citizen
from mentorkorps.domain.letter import Document
from mentorkorps.journal.models import Kind
from mentorkorps.web import access
from mentorkorps.web.pdf import render_pdf


def print_paper(request: HttpRequest, citizen: Citizen, document: Document, *, name: str) -> HttpResponse:
    """A citizen's paper as PDF. `name` is its Danish word, in the journal and before the case number in the file's."""
    access.listed(request, name, [citizen.id], kind=Kind.PRINT)
    response = HttpResponse(render_pdf(document), content_type="application/pdf")
    file = f"{name.replace('ø', 'oe')}-{citizen.case_number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{file}"'
    return response
