"""Two people side by side, with what making them one would do."""

from __future__ import annotations

from dataclasses import dataclass

from fujisawa_desktop.models import Applicant
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicant_details import ApplicantDetails, details
from fujisawa_desktop.services.person_choices import CHOICES, differing, suggested, values_of
from fujisawa_desktop.services.person_merge import MergeForesight, foresee_merge

__all__ = ["CHOICES", "Comparison", "comparison"]


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
