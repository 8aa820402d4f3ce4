"""Which tables the office keeps itself, and their columns."""

from __future__ import annotations

#: A table, its key columns, its other columns.
Columns = tuple[str, str, str]

# A group is made by one step of store/migrations.py and stays as it is; later columns come with a step of their own.

FRONT_DESK_TABLES: tuple[Columns, ...] = (
    ("divisions", "code", "name level parent kind short_name aliases pinyin"),
    ("units", "code", "name kind parent phone place duty"),
    ("duty_groups", "group_no unit", "group_name"),
    ("rooms", "code", "name use sort"),
    ("categories", "code", "name flow room unit help"),
    ("flows", "code", "name short"),
    ("sources", "code", "name parent"),
    ("dispute_types", "code", "name code14 zongzhi"),
    ("zongzhi_types", "code", "name"),
    ("crowd_tags", "code", "name"),
    ("flags", "code", "name effect article"),
    ("clocks", "id", "event starts limit unit extend who flow paper article confidence"),
    (
        "duties",
        "code version",
        "name category leading_unit co_units article limit_days flow room dispute_type words",
    ),
    ("materials", "matter_kind no", "name needed promise note article"),
    (
        "triage_rules",
        "id",
        "sort name category flow room unit any_words all_words not_words harmless flags needs matter_kind article"
        " reason advice slip",
    ),
    (
        "mediators",
        "code",
        "name sex birth_year township village phone identity skills posts kind part_time term_start level status"
        " free_days note pinyin",
    ),
)
MEDIATION_TABLES: tuple[Columns, ...] = (
    ("clauses", "code", "name topic types text article"),
    ("subsidy_rates", "code", "name form result difficulty level amount note"),
    ("paths", "code", "name organ address phone hours note"),
)
ROSTER_TABLES: tuple[Columns, ...] = (
    ("level_rules", "level", "years cases oral_share_max success_min note"),
)
#: Tables of the office that handling brought.
HANDLING_TABLES: tuple[Columns, ...] = (
    ("duty_versions", "version", "name valid_from published_at published_by note withdrawn"),
    ("township_contacts", "township role", "organ name phone place"),
    ("answers", "code", "cause question words answer articles affair note"),
    ("urging_rules", "code", "name flow clock node unit days kind points reply_days article text"),
)

#: The office's own tables, each a file of the same name in seeds/.
#: They hold text only, so that the office can edit them like a sheet; the domain gives the text its meaning.
REFERENCE_TABLES: tuple[Columns, ...] = FRONT_DESK_TABLES + MEDIATION_TABLES + ROSTER_TABLES + HANDLING_TABLES
