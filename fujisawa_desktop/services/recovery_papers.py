"""The paper with the recovery key of an encrypted file."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from fujisawa_desktop.documents import make_paper
from fujisawa_desktop.documents.secret_specs import RecoverySpec
from fujisawa_desktop.documents.specs import Job, Owner
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.rules.calendar import era_date
from fujisawa_desktop.services.unlocking import key_name, recovery_rows

TITLE: Final = "回復キー"


def recovery_paper(key: FileKey, *, file: str, made_on: date) -> bytes:
    """Return the page as a PDF; papers are Japanese whatever the window speaks.

    Args:
        key: of the file.
        file: its name, without its folder.
        made_on: the day the key was made.
    """
    rows = recovery_rows(key)
    spec = RecoverySpec(
        owner=Owner("recovery-key", TITLE),
        title=TITLE,
        lead=(
            (
                "この紙は、暗号化したファイルのパスフレーズが分からなくなったとき、又はファイル"
                "「.keys」がなくなったときに、そのファイルとバックアップを開くためのものです。"
            ),
            "この紙を見た人は、パスフレーズを知らなくてもファイルを開くことができます。",
        ),
        facts=(
            ("ファイルの名前", file),
            ("キーの番号", key_name(key)),
            ("キーを作った日", era_date(made_on)),
        ),
        rows=rows,
        scan_caption="読み取り用",
        heading="保管と使い方",
        notes=(
            (
                "１　パソコンやファイルとは別の、鍵のかかる場所（金庫、施錠できる書庫など）に、封筒に入れて"
                "封をして保管してください。"
            ),
            "２　コピー、写真及び画面の保存はしないでください。",
            (
                "３　使うときは、ファイルを開く画面で「回復キーで開く」を選び、四つの行を上から順に入力"
                "します。大文字と小文字の区別はなく、空白は入れなくても構いません。"
            ),
            (
                "４　パスフレーズを変えても、この紙はそのまま使えます。キーを新しくしたときは、新しい紙と"
                "取り替えてください。古い紙は、古いキーで作ったバックアップが残っている間は保管し、"
                "その後裁断してください。"
            ),
        ),
        kept_by=("保管場所", "保管を始めた日", "保管責任者"),
    )
    job = Job(TITLE, "", "", datetime.combine(made_on, time()), (spec,))
    return make_paper(job).pdf
