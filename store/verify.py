"""Check receipts of an Earmark store with nothing but Python: no network, no Earmark.

    python3 verify.py [--head FILE] [--text FILE|FOLDER] RECEIPT...

Ends with 0 proven, 3 proven but against no head of yours, 1 not proven. The tree is RFC 9162's.
"""

import argparse
import json
import re
import signal
import sys
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

HEAD = re.compile(r"^(earmark/[0-9a-f]{32})\s+([1-9][0-9]*)\s+(\S{43}=)\s*$", re.MULTILINE)
LINKS = {"mentions": ["document"], "documents": ["content", "capture"], "captures": ["content"]}


class ReceiptError(Exception):
    """A receipt does not prove what it says."""


def check(receipt: str, heads: str | None = None, text: bytes | None = None) -> dict[str, Any]:
    """Return the rows that a receipt proves, by table; raise ReceiptError where it proves none."""
    try:
        (origin, size, root), rows = _proven(json.loads(receipt))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ReceiptError("is cut short, damaged, or no receipt") from error
    if heads is not None and (origin, str(size), root) not in (given := HEAD.findall(heads)):
        _need(any(origin in one for one in given), "is of another store than the head")
        _need(any(str(size) in one for one in given), "was made at another head than this one")
        raise ReceiptError("is of a store with another history than the head's")
    if text is not None:
        _need(sha256(text).hexdigest() == rows["documents"]["body"], "is about another text")
        words, row = text.decode(), rows["mentions"]
        for name in [one for key in row if f"{(one := key.removesuffix('_text'))}_start" in row]:
            quote, start = row.get(f"{name}_text") or row[name], row[f"{name}_start"]
            _need(words[start:].startswith(quote), f"has a {name} that is not in its text")
    return rows


def _proven(data: Any) -> tuple[tuple[str, int, str], dict[str, Any]]:
    _need(data.pop("schema") == "earmark.receipt/1", "is of a kind that this program does not know")
    head, entries, records = (data.pop(key) for key in ("head", "entries", "records"))
    origin, size, root = (head.pop(key) for key in ("origin", "size", "root"))
    used, rows, commits = {"1", str(size)}, {}, {}
    for number, entry in entries.items():
        kind, body, path = (entry.pop(key) for key in ("type", "body", "path"))
        seq, commits[number] = (json.loads(body)[key] for key in ("seq", "commits"))
        leaf = sha256(f"\0earmark/1/{kind}\0{body}".encode()).digest()
        _need(number == str(seq) and seq <= size, f"has entry {number} in another place")
        _need(_root(seq - 1, size - 1, leaf, path) == root, f"has another head than entry {seq}")
        _need(seq > 1 or origin == f"earmark/{leaf.hex()[:32]}", "names another store")
    for record, one in records.items():
        table, row, number = record.split("/")[0], one.pop("row"), one.pop("entry")
        form = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        told = f"earmark/1/{table}\0".encode() + _hex(one.pop("nonce")) + form.encode()
        _need(commits[number][record] == sha256(told).hexdigest(), f"has another row of {table}")
        _need(record == f"{table}/{row['id']}", f"has a row of {table} under another name")
        rows[table], used = row, used | {number}
    for table, links in LINKS.items():
        right = all(rows[table][f"{link}_id"] == rows[f"{link}s"]["id"] for link in links)
        _need(right, "mixes rows of several documents")
    more = [data, head, *entries.values(), *records.values(), used ^ entries.keys()]
    whole = rows.keys() == {*LINKS, "contents"} and len(rows) == len(records)
    _need(whole and not any(more), "has parts that prove nothing")
    return (origin, size, root), rows


def _root(at: int, last: int, leaf: bytes, path: list[str]) -> str:
    for part in map(_hex, path):
        _need(last, "has a path that is too long")
        if at & 1 or at == last:
            leaf = sha256(b"\1" + part + leaf).digest()
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            leaf = sha256(b"\1" + leaf + part).digest()
        at, last = at >> 1, last >> 1
    return "" if last else b64encode(leaf).decode()


def _hex(text: str) -> bytes:
    _need(bytes.fromhex(text).hex() == text, "is damaged")
    return bytes.fromhex(text)


def _need(holds: object, otherwise: str) -> None:
    if not holds:
        raise ReceiptError(otherwise)


def main() -> int:
    """Check what the command line names; return the exit status."""
    parser = argparse.ArgumentParser(description="Check receipts of an Earmark store.")
    for option, many in (("receipt", "+"), ("--head", None), ("--text", None)):
        parser.add_argument(option, nargs=many, type=Path)
    asked, status = parser.parse_args(), 0
    heads = asked.head and asked.head.read_text("utf-8")
    for place in asked.receipt:
        try:
            rows = check(receipt := place.read_text("utf-8"), heads)
            if text := asked.text:
                text = text / f"{rows['documents']['body']}.txt" if text.is_dir() else text
                check(receipt, heads, text.read_bytes())
            told = f"“{rows['mentions']['amount_text']}” in {rows['captures']['source']}"
            told = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in told)
            sys.stdout.write(f"proven: {place}: {told}\n")
        except (ReceiptError, OSError, UnicodeError) as error:
            status = 1
            sys.stdout.write(f"NOT PROVEN: {place} {error}\n")
    return status or (0 if heads else 3)


if __name__ == "__main__":
    signal.signal(getattr(signal, "SIGPIPE", signal.SIGINT), signal.SIG_DFL)  # a closed pipe ends
    sys.exit(main())
