"""The schema, as steps that are each applied once. Portable SQL, STRICT tables; docs/schema.md explains the columns.

Times are ISO-8601 text with the offset, days are ISO-8601 text, booleans are 0/1.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from qingyuan_desk.store.office_tables import REFERENCE_TABLES

migrations = Migrations("qingyuan_desk")

_BASE = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL, help TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE account (
  code TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, active INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE TABLE counter (
  unit TEXT NOT NULL, kind TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (unit, kind, year)) STRICT;
CREATE TABLE request (
  request_id TEXT PRIMARY KEY, operation TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL,
  result TEXT NOT NULL) STRICT;
"""

_CASES = """
CREATE TABLE matter (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL, narrative TEXT NOT NULL, visitor TEXT NOT NULL,
  category TEXT NOT NULL, flow TEXT NOT NULL, node TEXT NOT NULL, state TEXT NOT NULL,
  source TEXT NOT NULL, dispute_type TEXT NOT NULL, matter_kind TEXT NOT NULL,
  township TEXT NOT NULL, village TEXT NOT NULL, unit TEXT NOT NULL, room TEXT NOT NULL,
  flags TEXT NOT NULL, sealed INTEGER NOT NULL, reasons TEXT NOT NULL,
  visits INTEGER NOT NULL, headcount INTEGER NOT NULL, last_visit TEXT NOT NULL,
  opened_on TEXT NOT NULL, opened_at TEXT NOT NULL, updated_at TEXT NOT NULL, closed_on TEXT,
  version INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE INDEX matter_opened ON matter (opened_on, id);
CREATE INDEX matter_state ON matter (state, opened_on, id);
CREATE INDEX matter_flow ON matter (flow, opened_on, id);
CREATE INDEX matter_category ON matter (category, opened_on, id);
CREATE INDEX matter_township ON matter (township, opened_on, id);
CREATE INDEX matter_unit ON matter (unit, opened_on, id);
CREATE INDEX matter_source ON matter (source, opened_on, id);
CREATE TABLE sealed_reader (
  matter_id INTEGER NOT NULL REFERENCES matter (id), account TEXT NOT NULL REFERENCES account (code),
  PRIMARY KEY (matter_id, account)) STRICT;
CREATE TABLE visit (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  matter_id INTEGER NOT NULL REFERENCES matter (id),
  ordinal INTEGER NOT NULL, state TEXT NOT NULL, void_reason TEXT NOT NULL DEFAULT '',
  request_id TEXT NOT NULL UNIQUE, received_at TEXT NOT NULL, business_day TEXT NOT NULL, registered_at TEXT NOT NULL,
  registered_by TEXT NOT NULL, source TEXT NOT NULL, headcount INTEGER NOT NULL, is_group INTEGER NOT NULL,
  narrative TEXT NOT NULL, category TEXT NOT NULL, flow TEXT NOT NULL, room TEXT NOT NULL, unit TEXT NOT NULL,
  dispute_type TEXT NOT NULL, matter_kind TEXT NOT NULL, flags TEXT NOT NULL,
  suggested TEXT NOT NULL, route_reason TEXT NOT NULL, overrides TEXT NOT NULL,
  triage_minutes INTEGER NOT NULL) STRICT;
CREATE INDEX visit_matter ON visit (matter_id, ordinal);
CREATE INDEX visit_day ON visit (business_day, state, category, flow, headcount, is_group);
CREATE TABLE party (
  id INTEGER PRIMARY KEY,
  matter_id INTEGER NOT NULL REFERENCES matter (id), visit_id INTEGER NOT NULL REFERENCES visit (id),
  side TEXT NOT NULL, role TEXT NOT NULL, position INTEGER NOT NULL,
  name TEXT NOT NULL, name_key TEXT NOT NULL, sex TEXT NOT NULL, birth_date TEXT NOT NULL,
  id_type TEXT NOT NULL, id_number TEXT NOT NULL, phone TEXT NOT NULL,
  township TEXT NOT NULL, village TEXT NOT NULL, address TEXT NOT NULL,
  crowd TEXT NOT NULL, authority TEXT NOT NULL, relation TEXT NOT NULL) STRICT;
CREATE INDEX party_matter ON party (matter_id);
CREATE INDEX party_visit ON party (visit_id);
CREATE INDEX party_name ON party (name_key, matter_id);
CREATE TABLE lookup (
  kind TEXT NOT NULL, key TEXT NOT NULL, visit_id INTEGER NOT NULL,
  PRIMARY KEY (kind, key, visit_id)) STRICT, WITHOUT ROWID;
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  matter_id INTEGER NOT NULL REFERENCES matter (id), visit_id INTEGER REFERENCES visit (id),
  at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  node_from TEXT NOT NULL, node_to TEXT NOT NULL, note TEXT NOT NULL) STRICT;
CREATE INDEX event_matter ON event (matter_id, id);
CREATE TABLE clock (
  id INTEGER PRIMARY KEY,
  matter_id INTEGER NOT NULL REFERENCES matter (id), rule TEXT NOT NULL, event TEXT NOT NULL, article TEXT NOT NULL,
  start_on TEXT NOT NULL, natural_end TEXT NOT NULL, shifted_end TEXT NOT NULL, alarm_on TEXT NOT NULL,
  provisional INTEGER NOT NULL, state TEXT NOT NULL, ended_on TEXT) STRICT;
CREATE INDEX clock_matter ON clock (matter_id, alarm_on, id);
CREATE INDEX clock_due ON clock (shifted_end);
CREATE INDEX clock_running ON clock (alarm_on) WHERE state = 'running';
CREATE TABLE print (
  id INTEGER PRIMARY KEY,
  matter_id INTEGER NOT NULL REFERENCES matter (id), visit_id INTEGER NOT NULL REFERENCES visit (id),
  kind TEXT NOT NULL, format TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, printer TEXT NOT NULL,
  count INTEGER NOT NULL, UNIQUE (visit_id, kind, count)) STRICT;
CREATE INDEX print_matter ON print (matter_id);
CREATE TABLE roster_event (
  id INTEGER PRIMARY KEY,
  mediator TEXT NOT NULL REFERENCES mediators (code), at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  cause TEXT NOT NULL, note TEXT NOT NULL, changes TEXT NOT NULL) STRICT;
CREATE INDEX roster_event_mediator ON roster_event (mediator, id);
CREATE TABLE draft (
  request_id TEXT PRIMARY KEY, actor TEXT NOT NULL, saved_at TEXT NOT NULL, form TEXT NOT NULL) STRICT;
CREATE TABLE view (
  actor TEXT NOT NULL, name TEXT NOT NULL, filter TEXT NOT NULL, PRIMARY KEY (actor, name)) STRICT;
"""

# Contentless and without positions: 96 bytes a visit. The tokens are made by store/index.py, one row a visit.
_SEARCH = """
CREATE VIRTUAL TABLE search USING fts5 (
  tokens, content='', detail=none, tokenize='unicode61 remove_diacritics 0');
"""


@migrations()
def front_desk(db: Database) -> None:
    """Visits, matters, parties, events, clocks, papers, mediators, the office's tables, and search."""
    db.executescript(_BASE)
    for table, keys, columns in REFERENCE_TABLES:
        names = [*keys.split(), *columns.split()]
        db.table(table).create(
            {name: str for name in names},
            pk=tuple(keys.split()) if " " in keys else keys,
            not_null=set(names),
            defaults={name: "" for name in columns.split()},
            strict=True,
        )
    db.executescript(_CASES)
    db.executescript(_SEARCH)
