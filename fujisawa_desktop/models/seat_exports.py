"""The one thing a seat that only reads may write on a server: that it exported people.

A function of the server's, with its owner's rights, appends exactly one entry of the kind ``exported``
to the chain, under the lock of all who write.  The entry is made there, from beginning to end: its
number, who (the login), and its hash; what comes from outside is the name of an export, counts and
codes, and whom it is about.  A seat with this function can tell that it took something out, and can
say nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, text

from fujisawa_desktop.models.journal import GENESIS, canonical_text, pack
from fujisawa_desktop.models.servers import WRITER_LOCK
from fujisawa_desktop.models.watching import CHANNEL

EXPORTS: Final = (
    "list.exported", "list.exported-other", "papers.draft-out", "papers.copy-out", "person.exported",
    "register.written", "screen.copied", "year-end.written",
)  # fmt: skip
"""Names of acts with which people leave the program; a test compares them with what the program records."""
SIGNATURE: Final = "seat_export(text, text, timestamp, bigint[])"
_EMPTY, _EMPTY_DIGEST = pack({})
_MOST_PARAMS: Final = 8
_BODY: Final = f"""
DECLARE
  newest record; told text; people text; sealed text; header text; hashed text; said text := session_user;
  number bigint; previous text := '{GENESIS}';
BEGIN
  IF label <> ALL (ARRAY[{", ".join(f"'{name}'" for name in EXPORTS)}]) THEN
    RAISE EXCEPTION 'no export' USING ERRCODE = '42501';
  END IF;
  IF (SELECT count(*) > {_MOST_PARAMS} OR count(*) <> count(DISTINCT one.key)
      FROM json_each(params::json) AS one)
    OR EXISTS (SELECT 1 FROM json_each(params::json) AS one
      WHERE one.key !~ '^[a-z_]{{1,30}}$'
        OR one.value::text !~ '^(null|true|false|[0-9]{{1,9}}|"[a-z0-9.-]{{1,40}}")$') THEN
    RAISE EXCEPTION 'counts and codes only' USING ERRCODE = '42501';
  END IF;
  IF abs(extract(epoch FROM moment - (now() AT TIME ZONE 'UTC'))) > 93600 OR cardinality(subjects) > 100 THEN
    RAISE EXCEPTION 'not now' USING ERRCODE = '42501';
  END IF;
  SELECT '{{' || coalesce(string_agg(to_json(one.key)::text || ':' || one.value::text, ','
    ORDER BY one.key COLLATE "C"), '') || '}}' INTO told FROM json_each(params::json) AS one;
  SELECT coalesce(string_agg('"applicant":' || one, ',' ORDER BY one), '') INTO people
    FROM (SELECT DISTINCT unnest(subjects) AS one) AS each;
  PERFORM pg_advisory_xact_lock({WRITER_LOCK});
  SELECT seq, hash INTO newest FROM public.journal_entry ORDER BY seq DESC LIMIT 1;
  IF FOUND THEN previous := newest.hash; END IF;
  number := coalesce(newest.seq, 0) + 1;
  moment := date_trunc('second', moment);
  sealed := '{_EMPTY_DIGEST[:40]}' || left(encode(sha256(convert_to(people, 'UTF8')), 'hex'), 24);
  header := '[' || number || ',"' || to_char(moment, 'YYYY-MM-DD"T"HH24:MI:SS') || '",' || to_json(said)::text
    || ',"exported","' || label || '",' || told || ',null,"' || sealed || '","' || previous || '"]';
  hashed := encode(sha256(convert_to(header, 'UTF8')), 'hex');
  INSERT INTO public.journal_entry
    (seq, at, actor, kind, label, params, reverses, payload_digest, previous_hash, hash)
    VALUES (number, moment, said, 'exported', label, told::json, NULL, sealed, previous, hashed);
  INSERT INTO public.journal_payload (seq, data) VALUES (number, '\\x{_EMPTY.hex()}');
  INSERT INTO public.journal_subject (seq, kind, subject_id)
    SELECT number, 'applicant', one FROM (SELECT DISTINCT unnest(subjects) AS one) AS each;
  PERFORM pg_notify('{CHANNEL}', number::text);
  RETURN number;
END"""  # noqa: S608 - names and figures of ours


def make_export_function(connection: Connection, readers: str) -> None:
    """Make the function, and let these groups and nobody else call it."""
    connection.exec_driver_sql(
        "CREATE OR REPLACE FUNCTION seat_export(label text, params text, moment timestamp, subjects bigint[])"
        " RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
        f" AS $body${_BODY}$body$".replace("%", "%%")
    )
    connection.exec_driver_sql(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC")
    connection.exec_driver_sql(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {readers}")


def append_export(
    connection: Connection,
    label: str,
    params: Mapping[str, Any],
    at: datetime,
    subjects: Iterable[tuple[str, int]],
) -> int | None:
    """Append the entry through the server; ``None`` where this login has no such function."""
    may = "SELECT coalesce(has_function_privilege(to_regprocedure(:sign), 'EXECUTE'), false)"
    if not connection.scalar(text(may), {"sign": SIGNATURE}):
        return None
    given = {
        "label": label,
        "params": canonical_text(params),
        "at": at,
        "subjects": [key for kind, key in subjects if kind == "applicant"],
    }
    found = connection.scalar(
        text("SELECT seat_export(:label, :params, :at, CAST(:subjects AS bigint[]))"), given
    )
    return None if found is None else int(found)
