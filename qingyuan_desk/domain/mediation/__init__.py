"""Mediation (人民调解) from application to closed dossier: what a case is, what can be done with it, and what that changes.

`case` holds the records; `forms` what a person fills in for each step; `acts` and its rooms (opening, meeting, agreeing,
performing, ending) the rules: from a case and a form to problems or changes, without any I/O.
"""
