"""People with and without addresses, for the papers of the office."""

from __future__ import annotations

from datetime import datetime

from appointed import Person, add_people
from sqlalchemy import select

from fujisawa_desktop.models import Applicant
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.services.papers import PaperDraft, make_papers
from fujisawa_desktop.services.unit_of_work import unit_of_work

NOW = datetime(2024, 10, 25, 17, 2)
RYOSUKE, YOSHINOSUKE, HANA, TWICE = "楜澤　涼介", "葛\U000e0100城　𠮷之助", "髙﨑　花", "阿部　翔"
PEOPLE = (
    Person("300", RYOSUKE, "クルミザワ リョウスケ", 1, Status.FIRST_PASSED),
    Person("100", YOSHINOSUKE, "カツラギ ヨシノスケ", 0, Status.FIRST_PASSED),
    Person("20", HANA, "タカサキ ハナ", 0, Status.FIRST_FAILED),
    Person("400", TWICE, "アベ ショウ", 0, Status.RECEIVED),
    Person("401", TWICE, "アベ ショウ", 1, Status.FIRST_PASSED),
)
"""In order of kana: 阿部 (who entered twice), 葛城, 楜澤, 髙﨑."""
ADDRESSES = {
    RYOSUKE: ("2518601", "神奈川県藤沢市朝日町1番地の1"),
    YOSHINOSUKE: ("2510025", "神奈川県藤沢市鵠沼石上1-1-1 湘南ハイツ203号室"),
    TWICE: ("", "12 Rue de Rivoli, 75001 Paris"),
}


def add_office_people(database: Database, programme_id: int) -> None:
    """Store the four; 髙﨑 has no address."""
    add_people(database, programme_id, PEOPLE)
    with unit_of_work(database, "test.addresses", actor="test") as work:
        for applicant in work.session.scalars(select(Applicant)):
            applicant.postcode, applicant.address = ADDRESSES.get(applicant.name_entered, ("", ""))
        work.commit()


def make(database: Database, programme_id: int, kind: str, **options: object) -> PaperDraft:
    return make_papers(database, programme_id=programme_id, kind=kind, now=NOW, **options)  # type: ignore[arg-type]
