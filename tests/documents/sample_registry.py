"""A sample of every spec that is printed; tests of all kinds take theirs from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from paper_samples import SPECS, URL
from terms_samples import TERMS_SPECS

from fujisawa_desktop.documents.office_specs import (
    Addressee,
    EnvelopeSpec,
    FaceGrid,
    Frame,
    LabelsSpec,
    TrialSpec,
    WindowSpec,
)
from fujisawa_desktop.documents.public_specs import (
    CourseSheetSpec,
    FlyerCourse,
    FlyerSelection,
    FlyerSpec,
    PressReleaseSpec,
    PublicContact,
    WebCode,
)
from fujisawa_desktop.documents.specs import Item, Owner, Shift, Spec

_OWNER: Final = Owner("1", "楜澤　涼介")
_PERSON: Final = Addressee(
    "251-8601", ("神奈川県藤沢市朝日町1番地の1", "見本ハイツ203号室"), "楜澤　涼介", "様", "100000000001"
)
_CODE: Final = WebCode(URL, "ホームページ")
_CONTACT: Final = PublicContact("問い合わせ先", ("見本市 総務部 職員課", "電話　000-000-0000"))


def labels() -> LabelsSpec:
    """Half a sheet of twelve."""
    grid = FaceGrid(2, 6, 86.4, 42.3, 18.6, 21.2, 86.4, 42.3)
    return LabelsSpec(_OWNER, grid, 3, (_PERSON,) * 4, Shift())


def envelope() -> EnvelopeSpec:
    """One with all its parts."""
    sender = ("251-8601", "神奈川県藤沢市朝日町1番地の1", "見本市 総務部 職員課")
    return EnvelopeSpec(_OWNER, _PERSON, boxed=True, mark="親展", sender=sender, shift=Shift())


def window() -> WindowSpec:
    """The address alone."""
    return WindowSpec(_OWNER, _PERSON, Shift())


def trial_sheet() -> TrialSpec:
    """A test page of the sheet with the window."""
    return TrialSpec(
        _OWNER, 210, 297, (Frame(20, 12, 90, 45),), Shift(), "試し刷り", ("実際の用紙に重ねてください。",)
    )


def press_release() -> PressReleaseSpec:
    """All parts once."""
    return PressReleaseSpec(
        owner=Owner("press", "記者発表"),
        city_hall="見本市役所",
        heading="記者発表資料",
        date="2024年（令和6年）10月1日",
        addressee="報道機関 各位",
        headline="長期インターンシップ（有償型）の参加者を募集します",
        lead=("本市では、学生が市の課題に取り組む長期インターンシップを実施します。",),
        outline_heading="概要",
        items=(
            Item("期間", ("2024年12月1日から2025年1月31日まで",)),
            Item("コース", ("①「DX・スマートシティ」コース", "②「子ども・子育て政策」コース")),
        ),
        code=_CODE,
        contact=_CONTACT,
    )


def flyer() -> FlyerSpec:
    """All parts once."""
    return FlyerSpec(
        owner=Owner("flyer", "チラシ"),
        banner="学生の皆さんへ",
        title="長期インターンシップ",
        points=("週1日から", "有償", "市の職員として働く"),
        outline=Item("概要", ("市の課題に、職員と一緒に取り組みます。",)),
        term=Item("期間", ("2024年12月1日～2025年1月31日",)),
        pay=Item("報酬", ("時給1,258円", "通勤費は、別に支給します。")),
        place=Item("場所", ("見本市役所 本庁舎",)),
        courses_heading="コース",
        courses=(
            FlyerCourse("DX・スマートシティ", "最大2名程度", ("データで街を良くします。",), "デジタル推進室"),
            FlyerCourse("子ども・子育て政策", "最大2名程度", ("子育てを支えます。",), "子育て企画課"),
        ),
        courses_note="詳しくは、コース紹介資料をご覧ください。",
        form=Item("任用形態", ("会計年度任用職員",)),
        work=Item("勤務", ("月60時間未満", "午前9時から午後4時まで")),
        entry=Item("応募", ("10月16日までに、電子申請で応募してください。",)),
        selection=FlyerSelection(
            heading="選考",
            steps_heading="流れ",
            steps=("①応募", "②1次選考【書類】", "③2次選考【面接】"),
            contents_heading="内容",
            contents=(Item("1次選考", ("応募書類による選考",)), Item("2次選考", ("オンライン面接",))),
        ),
        code=_CODE,
        contact=_CONTACT,
    )


def course_sheet() -> CourseSheetSpec:
    """A short one."""
    return CourseSheetSpec(
        owner=Owner("course", "DX・スマートシティ"),
        title="コース紹介資料",
        name="「DX・スマートシティ」コース",
        host="デジタル推進室",
        summary=Item("概要", ("市の仕事を、データで良くします。",)),
        background=Item("背景", ("人口が減り、人手が足りなくなっています。",)),
        initiatives=Item("取組", ("窓口の電子化を進めています。",)),
        content_heading="内容",
        content=(Item("調べる", ("職員に話を聞きます。",)), Item("提案する", ("結果を発表します。",))),
    )


MARGINLESS: Final = frozenset({"labels", "envelope", "window", "trial sheet"})
"""What is measured from the edge of the paper itself."""
PUBLIC: Final = frozenset({"press release", "flyer", "course sheet"})
"""What nobody binds into a file."""
SAMPLES: Final[dict[str, Callable[[], Spec]]] = {
    **SPECS,
    **TERMS_SPECS,
    "labels": labels,
    "envelope": envelope,
    "window": window,
    "trial sheet": trial_sheet,
    "press release": press_release,
    "flyer": flyer,
    "course sheet": course_sheet,
}
