"""The register as a table: its columns, and one row of texts for each row; CSV and XLSX are made of it."""

from kb.citation import Language
from kb.exports.records import Record
from kb.exports.sentences import name_state
from kb.timeline import State

_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("does_name", "Does", "性质"),
    ("what", "What", "内容"),
    ("when", "By when, how often", "期限、周期"),
    ("threshold", "Threshold", "门槛"),
    ("otherwise", "Otherwise", "否则"),
    ("level_names", "Level", "等级"),
    ("number", "Instrument", "文件"),
    ("heading", "Provision", "条款"),
    ("state_name", "State on the day", "当日状态"),
    ("status", "Status", "核实情况"),
    ("who_names", "Who", "适用对象"),
    ("from", "From", "自"),
    ("to", "To, not included", "至（不含）"),
    ("citation", "Citation", "引用"),
    ("id", "Id", "编号"),
)
_STATUSES = {"verified": "已核实", "recalled": "凭记忆，未核实", "unknown": "不明"}


def name_columns(language: Language) -> tuple[str, ...]:
    """Return the titles of the columns."""
    return tuple(column[1 + (language == "zh")] for column in _COLUMNS)


def cells_of(row: Record, language: Language) -> tuple[str, ...]:
    """Return the cells of the record of one row."""
    derived = {
        "what": f"{row['lead']} {row['text']}".strip(),
        "from": row["interval"]["from"],
        "to": row["interval"]["to"] or "",
        "state_name": name_state(State(row["state"]), language),
        "status": _STATUSES[row["status"]] if language == "zh" else row["status"],
    }
    return tuple(str((row | derived)[key]) for key, _, _ in _COLUMNS)
