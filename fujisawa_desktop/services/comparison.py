"""Two people side by side, with what making them one would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from fujisawa_desktop.models import Applicant
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicant_details import (
    ApplicantDetails,
    ApplicantForm,
    applicant_form,
    details,
)
from fujisawa_desktop.services.person_choices import CHOICES, differing, suggested, values_of
from fujisawa_desktop.services.person_merge import MergeForesight, foresee_merge

__all__ = ["CHOICES", "Comparison", "PairForm", "comparison", "pair_form", "pair_of"]

_NOT_SHOWN: Final = frozenset({"applicant_id", "version"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two people; the left one is kept when they are made one.

    Attributes:
        differing: choices in which they differ.
        suggested: of those, the choices for which the right one's value looks better.
    """

    left: ApplicantDetails
    right: ApplicantDetails
    foresight: MergeForesight
    differing: tuple[str, ...]
    suggested: frozenset[str]

    @property
    def versions(self) -> tuple[int, int]:
        """Versions of both people, as shown."""
        return self.left.form.version, self.right.form.version


@dataclass(frozen=True, slots=True)
class PairForm:
    """What is known of two people by field, ``kept`` and ``gone``, with the ids of both."""

    ids: tuple[int, int]
    versions: tuple[int, int]
    kept: Mapping[str, object]
    gone: Mapping[str, object]


def pair_of(left: ApplicantForm, right: ApplicantForm) -> PairForm:
    """Return two people as one form."""
    return PairForm(
        (left.applicant_id, right.applicant_id),
        (left.version, right.version),
        {name: value for name, value in asdict(left).items() if name not in _NOT_SHOWN},
        {name: value for name, value in asdict(right).items() if name not in _NOT_SHOWN},
    )


def pair_form(database: Database, *, kept_id: int, gone_id: int) -> PairForm:
    """Return two people as stored now.

    Raises:
        NotFoundError: one of them is gone.
    """
    return pair_of(applicant_form(database, kept_id), applicant_form(database, gone_id))


def comparison(database: Database, *, left_entry_id: int, right_entry_id: int) -> Comparison:
    """Return two entries' people side by side.

    Raises:
        NotFoundError: one of the entries is gone.
    """
    left, right = details(database, left_entry_id), details(database, right_entry_id)
    with database.read() as session:
        people = (left.form.applicant_id, right.form.applicant_id)
        mine, theirs = (values_of(session.get_one(Applicant, person)) for person in people)
        return Comparison(
            left,
            right,
            foresee_merge(session, *people),
            differing(mine, theirs),
            suggested(mine, theirs),
        )
