"""The schema, as steps that are each applied once. Portable SQL, STRICT tables; docs/schema.md explains the columns.

Times are ISO-8601 text with the offset, days are ISO-8601 text, booleans are 0/1.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from qingyuan_desk.store.office_tables import (
    FRONT_DESK_TABLES,
    HANDLING_TABLES,
    MEDIATION_TABLES,
    ROSTER_TABLES,
    Columns,
)

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

# One table a record type of domain/mediation/case.py, a column a field; tuples as JSON, money in fen, 0 for no record.
_MEDIATION = """
CREATE TABLE mediation (
  matter_id INTEGER PRIMARY KEY REFERENCES matter (id),
  origin TEXT NOT NULL, applied_on TEXT NOT NULL, facts TEXT NOT NULL,
  number TEXT NOT NULL, accepted_on TEXT, claims TEXT NOT NULL, is_open INTEGER NOT NULL,
  difficulty TEXT NOT NULL, form TEXT NOT NULL, result TEXT NOT NULL, ground TEXT NOT NULL, ended_on TEXT,
  explanation TEXT NOT NULL, paths TEXT NOT NULL, amount INTEGER NOT NULL, suspended_from TEXT NOT NULL,
  closing TEXT NOT NULL, closed_on TEXT, filed_on TEXT, filer TEXT NOT NULL, retention TEXT NOT NULL,
  remark TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX mediation_number ON mediation (number) WHERE number <> '';
CREATE INDEX mediation_unfiled ON mediation (result) WHERE filed_on IS NULL;
CREATE TABLE case_party (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  side TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL,
  sex TEXT NOT NULL, ethnic TEXT NOT NULL, birth_date TEXT NOT NULL, occupation TEXT NOT NULL,
  id_type TEXT NOT NULL, id_number TEXT NOT NULL, phone TEXT NOT NULL,
  township TEXT NOT NULL, village TEXT NOT NULL, address TEXT NOT NULL,
  representative TEXT NOT NULL, agent TEXT NOT NULL, authority TEXT NOT NULL,
  consent TEXT NOT NULL, consent_on TEXT, consent_how TEXT NOT NULL) STRICT;
CREATE INDEX case_party_matter ON case_party (matter_id, position);
CREATE TABLE appointment (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  mediator TEXT NOT NULL REFERENCES mediators (code), chosen_by TEXT NOT NULL, since TEXT NOT NULL,
  conflicts TEXT NOT NULL, accepted INTEGER NOT NULL, until TEXT, reason TEXT NOT NULL) STRICT;
CREATE INDEX appointment_matter ON appointment (matter_id);
CREATE INDEX appointment_now ON appointment (mediator, matter_id) WHERE until IS NULL;
CREATE TABLE mediation_session (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  planned_at TEXT NOT NULL, kind TEXT NOT NULL, mode TEXT NOT NULL, state TEXT NOT NULL,
  room TEXT NOT NULL, place TEXT NOT NULL, link TEXT NOT NULL, started_at TEXT, ended_at TEXT,
  present TEXT NOT NULL, helpers TEXT NOT NULL, asked TEXT NOT NULL, rights_told INTEGER NOT NULL,
  subject TEXT NOT NULL, statements TEXT NOT NULL, verified TEXT NOT NULL, outcome TEXT NOT NULL,
  proposal TEXT NOT NULL, recorder TEXT NOT NULL) STRICT;
CREATE INDEX mediation_session_matter ON mediation_session (matter_id);
CREATE INDEX mediation_session_planned ON mediation_session (planned_at) WHERE state = 'planned';
CREATE TABLE case_note (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  kind TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
  session INTEGER NOT NULL, party INTEGER NOT NULL, amount INTEGER, private INTEGER NOT NULL) STRICT;
CREATE INDEX case_note_matter ON case_note (matter_id);
CREATE TABLE contact (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  party INTEGER NOT NULL REFERENCES case_party (id), at TEXT NOT NULL, how TEXT NOT NULL, reached INTEGER NOT NULL,
  actor TEXT NOT NULL, note TEXT NOT NULL) STRICT;
CREATE INDEX contact_matter ON contact (matter_id);
CREATE TABLE attachment (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  kind TEXT NOT NULL, title TEXT NOT NULL, file TEXT NOT NULL, media TEXT NOT NULL, size INTEGER NOT NULL,
  pages INTEGER NOT NULL, digest TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
  subject INTEGER NOT NULL, removed TEXT NOT NULL) STRICT;
CREATE INDEX attachment_matter ON attachment (matter_id);
CREATE TABLE agreement (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  form TEXT NOT NULL, version INTEGER NOT NULL, facts TEXT NOT NULL, disputes TEXT NOT NULL, terms TEXT NOT NULL,
  drafted_on TEXT NOT NULL, state TEXT NOT NULL, way TEXT NOT NULL, deadline TEXT NOT NULL, amount INTEGER NOT NULL,
  copies INTEGER NOT NULL, at_once INTEGER NOT NULL, topics TEXT NOT NULL, recorder TEXT NOT NULL,
  signed_on TEXT, sealed_on TEXT, effective_on TEXT, reason TEXT NOT NULL) STRICT;
CREATE INDEX agreement_matter ON agreement (matter_id, version);
CREATE TABLE instalment (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  agreement INTEGER NOT NULL REFERENCES agreement (id), position INTEGER NOT NULL, due_on TEXT NOT NULL,
  amount INTEGER NOT NULL, what TEXT NOT NULL, payer INTEGER NOT NULL, payee INTEGER NOT NULL,
  paid_on TEXT, paid INTEGER NOT NULL, proof TEXT NOT NULL) STRICT;
CREATE INDEX instalment_matter ON instalment (matter_id, agreement, position);
CREATE INDEX instalment_due ON instalment (due_on) WHERE paid_on IS NULL OR paid < amount;
CREATE TABLE follow_up (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  due_on TEXT NOT NULL, party INTEGER NOT NULL, done_on TEXT, how TEXT NOT NULL, performance TEXT NOT NULL,
  satisfaction TEXT NOT NULL, danger TEXT NOT NULL, measures TEXT NOT NULL, visitor TEXT NOT NULL) STRICT;
CREATE INDEX follow_up_matter ON follow_up (matter_id);
CREATE INDEX follow_up_due ON follow_up (due_on) WHERE done_on IS NULL;
CREATE TABLE confirmation (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  agreement INTEGER NOT NULL REFERENCES agreement (id), court TEXT NOT NULL, applied_on TEXT NOT NULL,
  decided_on TEXT, result TEXT NOT NULL, document TEXT NOT NULL) STRICT;
CREATE INDEX confirmation_matter ON confirmation (matter_id);
CREATE INDEX confirmation_running ON confirmation (applied_on) WHERE result = '';
CREATE TABLE prevention (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  kind TEXT NOT NULL, persons INTEGER NOT NULL, "on" TEXT NOT NULL, reported_to TEXT NOT NULL,
  note TEXT NOT NULL) STRICT;
CREATE INDEX prevention_matter ON prevention (matter_id);
CREATE TABLE correction (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  paper TEXT NOT NULL, subject INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, reason TEXT NOT NULL,
  at TEXT NOT NULL, actor TEXT NOT NULL, approver TEXT NOT NULL) STRICT;
CREATE INDEX correction_matter ON correction (matter_id);
CREATE TABLE case_draft (
  matter_id INTEGER NOT NULL REFERENCES matter (id), actor TEXT NOT NULL, step TEXT NOT NULL,
  saved_at TEXT NOT NULL, form TEXT NOT NULL, PRIMARY KEY (matter_id, actor, step)) STRICT;
CREATE INDEX clock_of_rule ON clock (rule, alarm_on) WHERE state = 'running';
"""

# What figures of a period are counted by (store/case_figures.py).
_MEDIATION_FIGURES = """
CREATE INDEX mediation_accepted ON mediation (accepted_on);
CREATE INDEX mediation_ended ON mediation (ended_on, result);
CREATE INDEX agreement_effective ON agreement (effective_on) WHERE version = 1;
CREATE INDEX instalment_day ON instalment (due_on);
CREATE INDEX follow_up_done ON follow_up (done_on, satisfaction);
CREATE INDEX confirmation_applied ON confirmation (applied_on);
CREATE INDEX confirmation_decided ON confirmation (decided_on, result);
CREATE INDEX prevention_day ON prevention ("on", kind);
"""

# What is kept beside an entry of the roster. cancelled: why a row counts no more. One payment a dispute: matter_id is unique.
_ROSTER = """
CREATE TABLE roster_term (
  mediator TEXT NOT NULL REFERENCES mediators (code), start TEXT NOT NULL,
  PRIMARY KEY (mediator, start)) STRICT, WITHOUT ROWID;
CREATE TABLE roster_leave (
  id INTEGER PRIMARY KEY, mediator TEXT NOT NULL REFERENCES mediators (code),
  first TEXT NOT NULL, last TEXT NOT NULL, reason TEXT NOT NULL, cancelled TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX roster_leave_mediator ON roster_leave (mediator);
CREATE INDEX roster_leave_ahead ON roster_leave (last) WHERE cancelled = '';
CREATE TABLE roster_training (
  id INTEGER PRIMARY KEY, mediator TEXT NOT NULL REFERENCES mediators (code), day TEXT NOT NULL,
  hours REAL NOT NULL, organiser TEXT NOT NULL, subject TEXT NOT NULL, cancelled TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX roster_training_mediator ON roster_training (mediator, day);
CREATE TABLE roster_award (
  id INTEGER PRIMARY KEY, mediator TEXT NOT NULL REFERENCES mediators (code), day TEXT NOT NULL,
  title TEXT NOT NULL, issuer TEXT NOT NULL, cancelled TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX roster_award_mediator ON roster_award (mediator, day);
CREATE TABLE callout (
  id INTEGER PRIMARY KEY, mediator TEXT NOT NULL REFERENCES mediators (code),
  matter_id INTEGER REFERENCES matter (id), purpose TEXT NOT NULL, how TEXT NOT NULL, called_at TEXT NOT NULL,
  actor TEXT NOT NULL, come_at TEXT, room TEXT NOT NULL, place TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT '',
  arrived_at TEXT, note TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX callout_mediator ON callout (mediator, called_at);
CREATE INDEX callout_called ON callout (called_at);
CREATE INDEX callout_matter ON callout (matter_id);
CREATE INDEX callout_waiting ON callout (called_at) WHERE outcome = '';
CREATE TABLE subsidy (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL UNIQUE REFERENCES matter (id), quarter TEXT NOT NULL,
  state TEXT NOT NULL, rate TEXT NOT NULL, rate_name TEXT NOT NULL, amount INTEGER NOT NULL,
  excuse TEXT NOT NULL) STRICT;
CREATE INDEX subsidy_quarter ON subsidy (quarter, id);
CREATE TABLE subsidy_share (
  subsidy_id INTEGER NOT NULL REFERENCES subsidy (id), position INTEGER NOT NULL,
  mediator TEXT NOT NULL REFERENCES mediators (code), level TEXT NOT NULL, amount INTEGER NOT NULL,
  PRIMARY KEY (subsidy_id, position)) STRICT, WITHOUT ROWID;
CREATE INDEX subsidy_share_mediator ON subsidy_share (mediator);
CREATE TABLE subsidy_event (
  id INTEGER PRIMARY KEY, subsidy_id INTEGER NOT NULL REFERENCES subsidy (id), at TEXT NOT NULL,
  actor TEXT NOT NULL, action TEXT NOT NULL, amount INTEGER NOT NULL, note TEXT NOT NULL) STRICT;
CREATE INDEX subsidy_event_subsidy ON subsidy_event (subsidy_id, id);
CREATE INDEX roster_event_step ON roster_event (mediator, id) WHERE action IN ('suspend', 'end', 'resume');
CREATE INDEX mediation_done ON mediation (coalesce(filed_on, closed_on, ended_on)) WHERE result <> '';
"""

# One table a record type of domain/handling/records.py, a column a field. A clock's subject is the record it belongs to.
_HANDLING = """
ALTER TABLE clock ADD COLUMN subject INTEGER NOT NULL DEFAULT 0;
CREATE TABLE petition (
  matter_id INTEGER PRIMARY KEY REFERENCES matter (id),
  kind TEXT NOT NULL, purpose TEXT NOT NULL, channel TEXT NOT NULL, content TEXT NOT NULL, cause TEXT NOT NULL,
  first_national TEXT NOT NULL, first_office TEXT NOT NULL, first_channel TEXT NOT NULL,
  cross_level INTEGER NOT NULL, joint INTEGER NOT NULL, anonymous INTEGER NOT NULL,
  court TEXT NOT NULL, reconsidered TEXT NOT NULL, arbitrated TEXT NOT NULL, opinion TEXT NOT NULL,
  query_told_on TEXT, accepted_on TEXT, accepted_by TEXT NOT NULL, acceptance_number TEXT NOT NULL,
  way TEXT NOT NULL, ground TEXT NOT NULL, explanation TEXT NOT NULL, organ TEXT NOT NULL, paths TEXT NOT NULL,
  refused_on TEXT, finish_on TEXT) STRICT;
CREATE TABLE sending (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  mode TEXT NOT NULL, unit TEXT NOT NULL, sent_on TEXT NOT NULL, number TEXT NOT NULL, sender TEXT NOT NULL,
  co_units TEXT NOT NULL, limit_on TEXT, requirement TEXT NOT NULL, materials TEXT NOT NULL,
  listed INTEGER NOT NULL, reason TEXT NOT NULL, approved_by TEXT NOT NULL, state TEXT NOT NULL,
  received_on TEXT, receiver TEXT NOT NULL, receiver_phone TEXT NOT NULL,
  objected_on TEXT, objection TEXT NOT NULL, suggested_unit TEXT NOT NULL,
  decided_on TEXT, decided_by TEXT NOT NULL, decision TEXT NOT NULL, accepted_on TEXT,
  replied_on TEXT, reply_number TEXT NOT NULL, reply TEXT NOT NULL, ended_on TEXT) STRICT;
CREATE INDEX sending_matter ON sending (matter_id);
CREATE UNIQUE INDEX sending_number ON sending (number) WHERE number <> '';
CREATE INDEX sending_state ON sending (state, unit);
CREATE INDEX sending_unit ON sending (unit, sent_on);
CREATE INDEX sending_day ON sending (sent_on);
CREATE TABLE notice (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  kind TEXT NOT NULL, "on" TEXT NOT NULL, how TEXT NOT NULL, number TEXT NOT NULL, receiver TEXT NOT NULL,
  note TEXT NOT NULL) STRICT;
CREATE INDEX notice_matter ON notice (matter_id);
CREATE TABLE extension (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  days INTEGER NOT NULL, reason TEXT NOT NULL, approved_by TEXT NOT NULL, approved_on TEXT NOT NULL,
  until TEXT NOT NULL, number TEXT NOT NULL, told_on TEXT) STRICT;
CREATE INDEX extension_matter ON extension (matter_id);
CREATE TABLE opinion (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  level INTEGER NOT NULL, organ TEXT NOT NULL, asked_on TEXT, asked_by TEXT NOT NULL, asked_why TEXT NOT NULL,
  received_on TEXT, hearing_days INTEGER NOT NULL, number TEXT NOT NULL, outcome TEXT NOT NULL,
  summary TEXT NOT NULL, basis TEXT NOT NULL, signed_on TEXT, served_on TEXT, served_how TEXT NOT NULL) STRICT;
CREATE INDEX opinion_matter ON opinion (matter_id, level);
CREATE TABLE alert (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  kind TEXT NOT NULL, at TEXT NOT NULL, "to" TEXT NOT NULL, how TEXT NOT NULL, taken_by TEXT NOT NULL,
  text TEXT NOT NULL, measures TEXT NOT NULL, number TEXT NOT NULL) STRICT;
CREATE INDEX alert_matter ON alert (matter_id);
CREATE UNIQUE INDEX alert_number ON alert (number) WHERE number <> '';
CREATE TABLE watch (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  kind TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, words TEXT NOT NULL,
  confirmed_on TEXT, lifted_on TEXT, reason TEXT NOT NULL) STRICT;
CREATE INDEX watch_matter ON watch (matter_id);
CREATE INDEX watch_open ON watch (until) WHERE lifted_on IS NULL;
CREATE TABLE measure (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  kind TEXT NOT NULL, "on" TEXT NOT NULL, text TEXT NOT NULL, unit TEXT NOT NULL) STRICT;
CREATE INDEX measure_matter ON measure (matter_id);
CREATE TABLE urge (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  kind TEXT NOT NULL, unit TEXT NOT NULL, sent_on TEXT NOT NULL, number TEXT NOT NULL, rule TEXT NOT NULL,
  cause TEXT NOT NULL, requirement TEXT NOT NULL, reply_by TEXT, points INTEGER NOT NULL,
  replied_on TEXT, reply TEXT NOT NULL, cancelled_on TEXT, cancelled_why TEXT NOT NULL) STRICT;
CREATE INDEX urge_matter ON urge (matter_id);
CREATE UNIQUE INDEX urge_number ON urge (number) WHERE number <> '';
CREATE INDEX urge_unit ON urge (unit, sent_on);
CREATE INDEX urge_waiting ON urge (reply_by) WHERE replied_on IS NULL AND cancelled_on IS NULL;
CREATE TABLE rating (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  "by" TEXT NOT NULL, rated TEXT NOT NULL, "on" TEXT NOT NULL, satisfaction TEXT NOT NULL, unit TEXT NOT NULL,
  rater TEXT NOT NULL, in_time TEXT NOT NULL, note TEXT NOT NULL) STRICT;
CREATE INDEX rating_matter ON rating (matter_id);
CREATE INDEX rating_day ON rating ("on");
CREATE TABLE ending (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  kind TEXT NOT NULL, "on" TEXT NOT NULL, reason TEXT NOT NULL, recheck_on TEXT, rechecked_on TEXT,
  recheck TEXT NOT NULL, undone_on TEXT) STRICT;
CREATE INDEX ending_matter ON ending (matter_id);
CREATE INDEX ending_day ON ending ("on");
CREATE INDEX ending_to_recheck ON ending (recheck_on) WHERE rechecked_on IS NULL AND undone_on IS NULL;
CREATE TABLE stay (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  flow TEXT NOT NULL, since TEXT NOT NULL, category TEXT NOT NULL, until TEXT, node TEXT NOT NULL,
  reason TEXT NOT NULL) STRICT;
CREATE INDEX stay_matter ON stay (matter_id);
CREATE INDEX stay_flow ON stay (flow, since);
CREATE INDEX stay_left ON stay (until) WHERE until IS NOT NULL;
CREATE TABLE consultation (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  asked_at TEXT NOT NULL, channel TEXT NOT NULL, declined INTEGER NOT NULL, crowd TEXT NOT NULL,
  cause TEXT NOT NULL, stage TEXT NOT NULL, question TEXT NOT NULL, result TEXT NOT NULL, answer TEXT NOT NULL,
  articles TEXT NOT NULL, answered_at TEXT, lawyer TEXT NOT NULL, aid_told INTEGER NOT NULL, organ TEXT NOT NULL,
  booked_for TEXT, satisfaction TEXT NOT NULL) STRICT;
CREATE INDEX consultation_matter ON consultation (matter_id);
CREATE INDEX consultation_asked ON consultation (asked_at);
CREATE INDEX consultation_booked ON consultation (booked_for) WHERE booked_for IS NOT NULL;
CREATE TABLE legal_aid (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  applied_on TEXT NOT NULL, affair TEXT NOT NULL, exempt TEXT NOT NULL, hardship TEXT NOT NULL,
  lacking TEXT NOT NULL, told_on TEXT, supply_by TEXT, supplied_on TEXT, urgent TEXT NOT NULL, granted TEXT NOT NULL,
  decided_on TEXT, number TEXT NOT NULL, why TEXT NOT NULL, assigned_on TEXT, lawyer TEXT NOT NULL) STRICT;
CREATE INDEX legal_aid_matter ON legal_aid (matter_id);
CREATE INDEX legal_aid_applied ON legal_aid (applied_on);
CREATE TABLE referral (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id),
  "on" TEXT NOT NULL, purpose TEXT NOT NULL, consent INTEGER NOT NULL, guardian TEXT NOT NULL,
  counsellor TEXT NOT NULL, booked_for TEXT, mode TEXT NOT NULL, risk TEXT NOT NULL,
  hospital_told INTEGER NOT NULL, note TEXT NOT NULL, noted_by TEXT NOT NULL, done_on TEXT,
  outcome TEXT NOT NULL) STRICT;
CREATE INDEX referral_matter ON referral (matter_id);
CREATE INDEX referral_day ON referral ("on");
CREATE INDEX referral_booked ON referral (booked_for) WHERE done_on IS NULL AND booked_for IS NOT NULL;
"""

# The days the office set itself; what a matter's visitor was told to bring (UNIQUE: told once), and what came. Materials
# belong to a version of the duty list; older files knew one version only.
_DUTIES = """
CREATE TABLE workday (
  day TEXT PRIMARY KEY, works INTEGER NOT NULL, note TEXT NOT NULL, source TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE matter_material (
  id INTEGER PRIMARY KEY, matter_id INTEGER NOT NULL REFERENCES matter (id), name TEXT NOT NULL,
  told_on TEXT NOT NULL, brought_on TEXT, promised INTEGER NOT NULL, UNIQUE (matter_id, name)) STRICT;
CREATE TABLE materials_of_versions (
  version TEXT NOT NULL DEFAULT '2024-09', matter_kind TEXT NOT NULL, no TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '', needed TEXT NOT NULL DEFAULT '', promise TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '', article TEXT NOT NULL DEFAULT '', PRIMARY KEY (version, matter_kind, no)) STRICT;
INSERT INTO materials_of_versions (matter_kind, no, name, needed, promise, note, article)
  SELECT matter_kind, no, name, needed, promise, note, article FROM materials;
DROP TABLE materials;
ALTER TABLE materials_of_versions RENAME TO materials;
"""

# What is asked every day: matters nobody writes to, those at a node, how long nodes take (store/dues.py, evaluations.py).
_DUES = """
CREATE INDEX matter_quiet ON matter (updated_at) WHERE state = 'open';
CREATE INDEX matter_node ON matter (flow, node) WHERE state = 'open';
CREATE INDEX event_step ON event (at) WHERE node_from <> node_to;
CREATE INDEX urge_sent ON urge (sent_on);
"""

# 普法活动（法律十进）和联络点: what the public legal service does outside the house.
_OUTREACH = """
CREATE TABLE outreach (
  id INTEGER PRIMARY KEY,
  "on" TEXT NOT NULL, target TEXT NOT NULL, place TEXT NOT NULL, township TEXT NOT NULL, topic TEXT NOT NULL,
  unit TEXT NOT NULL, times INTEGER NOT NULL, people INTEGER NOT NULL, papers INTEGER NOT NULL,
  lawyers INTEGER NOT NULL, officers INTEGER NOT NULL, volunteers INTEGER NOT NULL, note TEXT NOT NULL,
  actor TEXT NOT NULL, logged_at TEXT NOT NULL, cancelled TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX outreach_day ON outreach ("on");
CREATE TABLE contact_point (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, name TEXT NOT NULL, township TEXT NOT NULL, address TEXT NOT NULL,
  keeper TEXT NOT NULL, phone TEXT NOT NULL, lawyer TEXT NOT NULL, hours TEXT NOT NULL,
  since TEXT NOT NULL, closed_on TEXT, note TEXT NOT NULL) STRICT;
CREATE INDEX consultation_answered ON consultation (answered_at) WHERE answered_at IS NOT NULL;
CREATE INDEX consultation_waiting ON consultation (asked_at) WHERE answered_at IS NULL;
CREATE INDEX legal_aid_waiting ON legal_aid (applied_on) WHERE granted = '' OR (granted = 'yes' AND assigned_on IS NULL);
CREATE INDEX referral_waiting ON referral ("on") WHERE done_on IS NULL;
"""

# 调解主体 of a mediation ("": the office's own committee), and what the work of a period is counted by.
_REPORTS = """
ALTER TABLE mediation ADD COLUMN body TEXT NOT NULL DEFAULT '';
CREATE INDEX mediation_session_held ON mediation_session (started_at) WHERE state = 'held';
CREATE INDEX petition_accepted ON petition (accepted_on) WHERE accepted_on IS NOT NULL;
CREATE INDEX subsidy_paid ON subsidy_event (at) WHERE action = 'pay';
CREATE INDEX petition_refused ON petition (refused_on) WHERE refused_on IS NOT NULL;
CREATE INDEX notice_day ON notice ("on", kind);
CREATE INDEX extension_approved ON extension (approved_on);
CREATE INDEX opinion_signed ON opinion (signed_on) WHERE signed_on IS NOT NULL;
CREATE INDEX opinion_asked ON opinion (asked_on) WHERE asked_on IS NOT NULL;
CREATE INDEX legal_aid_decided ON legal_aid (decided_on) WHERE decided_on IS NOT NULL;
CREATE INDEX legal_aid_assigned ON legal_aid (assigned_on) WHERE assigned_on IS NOT NULL;
"""

# Mediations of old ledgers: the file each came in with, and its row (store/histories.py).
_HISTORIES = """
CREATE TABLE import_file (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
  undone_at TEXT, undone_why TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE imported_case (
  matter_id INTEGER PRIMARY KEY REFERENCES matter (id),
  file_id INTEGER NOT NULL REFERENCES import_file (id), row_no INTEGER NOT NULL) STRICT;
CREATE INDEX imported_case_file ON imported_case (file_id);
"""

# What was reported: figures and paper of a closed period (结账) as canonical JSON, and the SHA-256 of both and of the PDF.
_CLOSED = """
CREATE TABLE closed_period (
  code TEXT PRIMARY KEY, kind TEXT NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL,
  closed_at TEXT NOT NULL, closed_by TEXT NOT NULL, figures TEXT NOT NULL, figures_digest TEXT NOT NULL,
  facts TEXT NOT NULL, facts_digest TEXT NOT NULL, paper_digest TEXT NOT NULL, told TEXT NOT NULL) STRICT;
CREATE INDEX closed_period_kind ON closed_period (kind, last_day);
CREATE INDEX closed_period_days ON closed_period (first_day, last_day);
"""


@migrations()
def front_desk(db: Database) -> None:
    """Visits, matters, parties, events, clocks, papers, mediators, the office's tables, and search."""
    db.executescript(_BASE)
    _create(db, FRONT_DESK_TABLES)
    db.executescript(_CASES)
    db.executescript(_SEARCH)


@migrations()
def mediation(db: Database) -> None:
    """Mediation cases, and the office's tables for them."""
    _create(db, MEDIATION_TABLES)
    db.executescript(_MEDIATION)
    db.executescript(_MEDIATION_FIGURES)


@migrations()
def roster(db: Database) -> None:
    """Terms, days off, training, awards, call-outs, and subsidies of mediators."""
    _create(db, ROSTER_TABLES)
    db.executescript(_ROSTER)


@migrations()
def handling(db: Database) -> None:
    """What becomes of matters in any flow: petition, hand-over, consultation."""
    _create(db, HANDLING_TABLES)
    db.executescript(_HANDLING)
    _gather_flags(db)
    db.executescript(_DUTIES)
    db.executescript(_OUTREACH)
    db.executescript(_DUES)


@migrations()
def reports(db: Database) -> None:
    """What reports of any period need: which committee mediated, closed periods, and indexes."""
    db.executescript(_REPORTS)
    db.executescript(_CLOSED)


@migrations()
def histories(db: Database) -> None:
    """Old ledgers of mediations."""
    db.executescript(_HISTORIES)


def _gather_flags(db: Database) -> None:
    """Give matters the flags of their further visits: until version 3 they only had those of the first one."""
    said: dict[int, set[str]] = {}
    for matter, flags in db.execute(
        "SELECT matter_id, flags FROM visit WHERE state = 'valid' AND flags <> '' ORDER BY id"
    ):
        said.setdefault(matter, set()).update(flags.split())
    for matter, flags in said.items():
        db.execute("UPDATE matter SET flags = ? WHERE id = ?", (" ".join(sorted(flags)), matter))


def _create(db: Database, tables: tuple[Columns, ...]) -> None:
    """Tables of the office: text cells, empty unless something is written."""
    for table, keys, columns in tables:
        names = [*keys.split(), *columns.split()]
        db.table(table).create(
            {name: str for name in names},
            pk=tuple(keys.split()) if " " in keys else keys,
            not_null=set(names),
            defaults={name: "" for name in columns.split()},
            strict=True,
        )
