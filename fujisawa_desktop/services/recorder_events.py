"""Rows changed through the ORM, recorded at flush; loading this module is what makes it so."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, event, inspect
from sqlalchemy.orm import InstanceState, Mapper, object_session

from fujisawa_desktop.models import Base
from fujisawa_desktop.services.recorder import Recorder

__all__: list[str] = []


def _recorder_of(target: Base) -> Recorder | None:
    session = object_session(target)
    return session.info.get("recorder") if session is not None else None


def _record_insert(mapper: Mapper[Any], _connection: Connection, target: Base) -> None:
    if recorder := _recorder_of(target):
        row = {attribute.columns[0].name: getattr(target, attribute.key) for attribute in mapper.column_attrs}
        table = mapper.local_table
        recorder.inserted(str(table), row[next(iter(table.primary_key)).name], row)


def _record_update(mapper: Mapper[Any], _connection: Connection, target: Base) -> None:
    recorder = _recorder_of(target)
    if recorder is None:
        return
    state = inspect(target)
    before, after = {}, {}
    for attribute in mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if history.has_changes():
            before[attribute.columns[0].name] = history.deleted[0] if history.deleted else None
            after[attribute.columns[0].name] = history.added[0] if history.added else None
    if before and mapper.version_id_col is not None:
        version = _committed(state, "version")
        before["version"], after["version"] = version, version + 1
    if before:
        recorder.updated(str(mapper.local_table), _identity(state), before, after)


def _record_delete(mapper: Mapper[Any], _connection: Connection, target: Base) -> None:
    if recorder := _recorder_of(target):
        state = inspect(target)
        row = {a.columns[0].name: _committed(state, a.key) for a in mapper.column_attrs}
        recorder.deleted(str(mapper.local_table), _identity(state), row)


event.listen(Base, "after_insert", _record_insert, propagate=True)
event.listen(Base, "before_update", _record_update, propagate=True)
event.listen(Base, "before_delete", _record_delete, propagate=True)


def _identity(state: InstanceState[Any]) -> Any:
    return (state.identity or (None,))[0]


def _committed(state: Any, key: str) -> Any:
    history = state.attrs[key].load_history()
    return history.deleted[0] if history.deleted else (history.unchanged or history.added or [None])[0]
