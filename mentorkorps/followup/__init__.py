"""Contacts, weeks, absences, appointments and status reports."""
