"""Files on their way out: what an act has promised to put in its place.

Revision 0007.  A row stands from the commit of the act until its files are where they belong, so that the
next start can finish what a power cut broke off, or say which papers nobody will find.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "outgoing_set",
        sa.Column("seq", _ID, autoincrement=False, nullable=False),
        sa.Column("machine", sa.String(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outgoing_set")),
    )


def downgrade() -> None:
    op.drop_table("outgoing_set")
