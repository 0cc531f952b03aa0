"""Widgets in the window's look, shared by all tabs."""

from __future__ import annotations

from fujisawa_desktop.views.widgets.basic import (
    Button,
    ElidedLabel,
    IconButton,
    LinkButton,
    MenuButton,
    Panel,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    plain,
    restyle,
    row,
    rule,
    tool_tip,
)
from fujisawa_desktop.views.widgets.charts import Bar, BarChart, CapBar, CapState, paint_cap_bar
from fujisawa_desktop.views.widgets.details import DetailsPane, KeyValueGrid
from fujisawa_desktop.views.widgets.empty_state import EmptyState
from fujisawa_desktop.views.widgets.filters import CountedCheck, FilterGroup
from fujisawa_desktop.views.widgets.form import FormField, field_named
from fujisawa_desktop.views.widgets.inputs import (
    LineEdit,
    NumberEdit,
    SearchField,
    ValueEdit,
    commit_typing,
    whole_number,
)
from fujisawa_desktop.views.widgets.notice_bar import InlineNotice, NoticeBar
from fujisawa_desktop.views.widgets.page_column import page_column
from fujisawa_desktop.views.widgets.pill import (
    PILL_ROLE,
    Pill,
    PillDelegate,
    PillRow,
    PillText,
    paint_pill,
    pill_size,
)
from fujisawa_desktop.views.widgets.roomy import open_roomy
from fujisawa_desktop.views.widgets.running_text import RunningText, TextArea
from fujisawa_desktop.views.widgets.table import DataTable
from fujisawa_desktop.views.widgets.text_cells import TextDelegate
from fujisawa_desktop.views.widgets.timeline import Milestone, Timeline

__all__ = [
    "PILL_ROLE",
    "Bar",
    "BarChart",
    "Button",
    "CapBar",
    "CapState",
    "CountedCheck",
    "DataTable",
    "DetailsPane",
    "ElidedLabel",
    "EmptyState",
    "FilterGroup",
    "FormField",
    "IconButton",
    "InlineNotice",
    "KeyValueGrid",
    "LineEdit",
    "LinkButton",
    "MenuButton",
    "Milestone",
    "NoticeBar",
    "NumberEdit",
    "Panel",
    "Pill",
    "PillDelegate",
    "PillRow",
    "PillText",
    "PrimaryButton",
    "RunningText",
    "SearchField",
    "SecondaryButton",
    "TextArea",
    "TextDelegate",
    "TextLabel",
    "Timeline",
    "ValueEdit",
    "commit_typing",
    "field_named",
    "open_roomy",
    "page_column",
    "paint_cap_bar",
    "paint_pill",
    "pill_size",
    "plain",
    "restyle",
    "row",
    "rule",
    "tool_tip",
    "whole_number",
]
