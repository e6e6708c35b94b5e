"""Every export, one file each. To add one: a file beside this, and a line here."""

from store.exports.csv import CSV
from store.exports.gold import GOLD
from store.exports.jsonl import JSONL
from store.exports.kinds import Export

EXPORTS: tuple[Export, ...] = (CSV, JSONL, GOLD)
