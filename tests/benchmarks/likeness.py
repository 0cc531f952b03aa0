"""How well people who applied twice are found, on several seeds, and how long ten thousand take."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from fujisawa_desktop.exchange.sample_files import E_APPLICATION, RIKUNABI, TRUTH, sample_files
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.duplicates import PersonKey, suspicions
from fujisawa_desktop.rules.names import half_width, kana_form, search_key
from fujisawa_desktop.services.intake_duplicates import person_key
from tests.benchmarks.scene import Figure
from tests.doubled_people import Crowd, crowd
from tests.exchange.test_sample_files import PROGRAMME

SEEDS: Final = (1, 2, 3, 4, 5, 6, 7, 8)
PEOPLE: Final = 2_000
MANY: Final = 10_000
SECONDS: Final = 3.0
RECALL, PRECISION = 0.99, 0.95


@dataclass(frozen=True)
class Judged:
    """What the comparison found among people of whom the truth is known.

    Attributes:
        recall: share of the doubles that were suspected.
        precision: share of the suspected pairs that are doubles.
        sure_but_wrong: pairs called the same person that are two.
        apart: pairs known to be two people that were suspected all the same.
        missed: doubles not suspected, by case.
    """

    recall: float
    precision: float
    sure_but_wrong: int
    apart: int
    missed: Counter[str]


def judged(people: Crowd) -> Judged:
    """Compare everybody with everybody and hold the answer against the truth."""
    found = {(one.first, one.second): one for one in suspicions(people.people)}
    hits = len(people.same.keys() & found.keys())
    return Judged(
        recall=hits / len(people.same),
        precision=hits / max(len(found), 1),
        sure_but_wrong=sum(one.same for pair, one in found.items() if pair not in people.same),
        apart=len(people.apart.keys() & found.keys()),
        missed=Counter(case for pair, case in people.same.items() if pair not in found),
    )


def samples(folder: Path | None = None) -> Crowd:
    """Return the people of the shipped sample files, with the truth that belongs to them."""
    folder = folder or resources_dir() / "samples"
    return portals({name: (folder / name).read_bytes() for name in (E_APPLICATION, RIKUNABI, TRUTH)})


def portals(files: Mapping[str, bytes]) -> Crowd:
    """Return the people of two portals' files, with the truth that belongs to them."""
    truth = json.loads(files[TRUTH])
    keys: list[PersonKey] = []
    for row in csv.DictReader(io.StringIO(files[E_APPLICATION].decode("cp932"), newline="")):
        if row["整理番号"]:
            keys.append(_key(len(keys) + 1, row["整理番号"], _e_fields(row)))
    for row in csv.DictReader(io.StringIO(files[RIKUNABI].decode("utf-8-sig"), newline="")):
        keys.append(_key(len(keys) + 1, row["会員ID"], _r_fields(row)))
    places = {key.number: key.key for key in keys}

    def pairs(name: str) -> dict[tuple[int, int], str]:
        return {(min(a, b), max(a, b)): name for a, b in ((places[x], places[y]) for x, y in truth[name])}

    return Crowd(keys, [], pairs("same_person"), pairs("not_same"))


def _key(key: int, number: str, fields: dict[str, str]) -> PersonKey:
    digits = "".join(sign for sign in half_width(fields["birth_date"]) if sign.isdigit())
    known = len(digits) == 8 and digits[4:] != "0230"
    birth = date.fromisoformat(digits) if known else None
    reading = search_key(fields["kana"]) and kana_form(fields["kana"])
    return person_key(key, number, {**fields, "kana": reading, "birth_date": birth})


def _e_fields(row: dict[str, str]) -> dict[str, str]:
    return {
        "name_entered": row["氏名（漢字）"],
        "kana": row["氏名（フリガナ）"],
        "birth_date": row["生年月日"],
        "phone": row["電話番号"],
        "mail": row["メールアドレス"],
        "school": row["大学・大学院名"],
    }


def _r_fields(row: dict[str, str]) -> dict[str, str]:
    return {
        "name_entered": f"{row['氏名(姓)']}　{row['氏名(名)']}",
        "kana": f"{row['カナ(姓)']} {row['カナ(名)']}",
        "birth_date": row["生年月日"],
        "phone": row["携帯電話番号"],
        "mail": row["メールアドレス"],
        "school": row["学校名"],
    }


def likeness() -> list[Figure]:
    """Return precision and recall per seed, and the time for ten thousand people."""
    figures = [_figure("samples", judged(samples()))]
    figures += [
        _figure(f"two portals, seed {seed}", judged(portals(sample_files(PROGRAMME, seed=seed))))
        for seed in SEEDS
    ]
    figures += [_figure(f"seed {seed}, {PEOPLE:,} people", judged(crowd(PEOPLE, seed))) for seed in SEEDS]
    many = crowd(MANY, 9).typed
    started = time.perf_counter()
    suspicions(person_key(at, "", fields) for at, fields in enumerate(many))
    seconds = time.perf_counter() - started
    figures.append(
        Figure(
            f"duplicates over {MANY:,} people",
            f"{seconds:.2f} s",
            "",
            None,
            f"≤ {SECONDS:.0f} s",
            seconds <= SECONDS,
        )
    )
    return figures


def _figure(what: str, found: Judged) -> Figure:
    for case, count in found.missed.items():
        print(f"{what}: {count} missed ({case})", file=sys.stderr)  # noqa: T201
    kept = found.recall >= RECALL and found.precision >= PRECISION and not found.apart
    return Figure(
        f"duplicates, {what}",
        f"precision {found.precision:.3f}, recall {found.recall:.3f}",
        f"{found.sure_but_wrong} sure but wrong, {found.apart} of those apart",
        None,
        f"≥ {PRECISION}, ≥ {RECALL}, none apart",
        kept and not found.sure_but_wrong,
    )
