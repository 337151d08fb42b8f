"""Delivery control: draws, the citizen's words, discrepancies until they are closed, and a case's twelve points."""

from django.urls import path

from mentorkorps.web.pages.control.cases import control_calls, control_case, discrepancy_step, new_discrepancy
from mentorkorps.web.pages.control.draws import control, control_points, control_sheet, controls, finish
from mentorkorps.web.pages.control.mentors import answer_question, control_questions
from mentorkorps.web.pages.control.sheets import case_sheet, case_sheet_pdf

urls = [
    path("tilsyn/leverancekontrol/", controls, name="controls"),
    path("tilsyn/spoerg/", control_calls, name="control_calls"),
    path("tilsyn/tolv-punkter/", control_points, name="control_points"),
    path("kontrol/<uuid:key>/", control, name="control"),
    path("kontrol/<uuid:key>.xlsx", control_sheet, name="control_sheet"),
    path("kontrol/<uuid:key>/afslut/", finish, name="finish_control"),
    path("kontrolsag/<uuid:key>/", control_case, name="control_case"),
    path("kontrolsag/<uuid:key>/afvigelse/", new_discrepancy, name="new_discrepancy"),
    path("kontrolafvigelse/<uuid:key>/skridt/", discrepancy_step, name="discrepancy_step"),
    path("kontrolafvigelse/<uuid:key>/svar/", answer_question, name="answer_control_question"),
    path("kontrolspoergsmaal/", control_questions, name="control_questions"),
    path("forloeb/<uuid:key>/tolv-punkter/", case_sheet, name="case_sheet"),
    path("forloeb/<uuid:key>/tolv-punkter.pdf", case_sheet_pdf, name="case_sheet_pdf"),
]
