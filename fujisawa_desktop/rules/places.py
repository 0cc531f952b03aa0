"""Where a database file may lie: pure judgement over what the system says of a place.

SQLite needs a disk of this computer whose locks are real (sqlite.org/useovernet.html,
howtocorrupt.html §2): network folders lose writes of two computers, synchronised folders exchange the
file under an open window, compressed folders have damaged live databases, temporary folders are
emptied, and a stick is pulled out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Drive(StrEnum):
    """What Windows says of a drive (``GetDriveType``); ``OTHER`` where there are no drives."""

    FIXED = "fixed"
    REMOVABLE = "removable"
    NETWORK = "network"
    CD = "cd"
    RAM = "ram"
    OTHER = "other"


class Concern(StrEnum):
    """Why a place is not a good one; the code of its sentence is ``place.<value>``."""

    NETWORK = "network"
    SYNCHRONISED = "synchronised"
    COMPRESSED = "compressed"
    TEMPORARY = "temporary"
    REMOVABLE = "removable"
    READ_ONLY_FOLDER = "read-only-folder"
    READ_ONLY_FILE = "read-only-file"


REFUSED_FOR_NEW: Final = frozenset({Concern.READ_ONLY_FOLDER})
"""A new file cannot be made there at all; everything else is said, and the person decides."""

_NETWORK_SYSTEMS: Final = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ncpfs",
    "9p", "ceph", "glusterfs", "davfs", "webdav", "prl_fs", "vboxsf", "drvfs",
    "fuse.sshfs",
    "fuse.davfs2", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.glusterfs", "fuse.s3fs",
    "fuse.smbnetfs",
    "fuse.google-drive-ocamlfuse",
})  # fmt: skip
_SYNC_VARIABLES: Final = ("ONEDRIVE", "ONEDRIVECOMMERCIAL", "ONEDRIVECONSUMER")
_SYNC_NAMES: Final = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "box": "Box",
    "box sync": "Box",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "google ドライブ": "Google Drive",
    "my drive": "Google Drive",
    "マイドライブ": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud drive": "pCloud",
    "megasync": "MEGA",
}
_SYNC_BEGINNINGS: Final = {"onedrive - ": "OneDrive", "dropbox (": "Dropbox", "sharepoint - ": "OneDrive"}
_SYNC_MARKS: Final = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".boxsync": "Box",
    ".sync": "Resilio Sync",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".849c9593-d756-4e56-8d6e-42412f2a707b": "OneDrive",
}
"""Hidden files these programs put into the folder they watch, by their names in small letters."""


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What the system says of a place.

    Attributes:
        path: of the database file, absolute.
        windows: paths are written with backslashes and names know no case.
        drive: kind of the drive.
        file_system: as the system calls it (``ext4``, ``nfs4``, ``NTFS``); empty when it is unknown.
        environment: variables that name folders, by their names in capitals.
        marks: names of files in the folders above, in small letters, for the marks of sync programs.
        temporary: folders that are emptied now and then.
        compressed: the folder, or the file, is compressed by the file system.
        folder_writable: a file can be made beside it.
        file_writable: the file itself may be written; also when there is none yet.
    """

    path: str
    windows: bool = False
    drive: Drive = Drive.OTHER
    file_system: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    temporary: Sequence[str] = ()
    compressed: bool = False
    folder_writable: bool = True
    file_writable: bool = True


@dataclass(frozen=True, slots=True)
class PlaceConcern:
    """One reason against a place; ``service`` names the program that synchronises it."""

    concern: Concern
    service: str = ""


def concerns(facts: PlaceFacts) -> tuple[PlaceConcern, ...]:
    """Return every reason against a place, the gravest first."""
    service = _sync_service(facts)
    found = (
        (Concern.READ_ONLY_FOLDER, not facts.folder_writable, ""),
        (Concern.READ_ONLY_FILE, facts.folder_writable and not facts.file_writable, ""),
        (Concern.NETWORK, _is_on_network(facts), ""),
        (Concern.SYNCHRONISED, bool(service), service),
        (Concern.TEMPORARY, any(_within(facts, folder) for folder in facts.temporary), ""),
        (Concern.REMOVABLE, facts.drive in {Drive.REMOVABLE, Drive.CD}, ""),
        (Concern.COMPRESSED, facts.compressed, ""),
    )
    return tuple(PlaceConcern(concern, name) for concern, holds, name in found if holds)


def folders_above(path: str, *, windows: bool) -> tuple[str, ...]:
    """Return the names of the folders a file lies in, from the root down."""
    parts = path.replace("\\", "/").split("/") if windows else path.split("/")
    return tuple(part for part in parts[:-1] if part and not part.endswith(":"))


def _is_on_network(facts: PlaceFacts) -> bool:
    if facts.windows:
        text = facts.path.replace("/", "\\")
        device = text.startswith(("\\\\?\\", "\\\\.\\")) and not text.upper().startswith("\\\\?\\UNC\\")
        if text.startswith("\\\\") and not device:
            return True
    return facts.drive is Drive.NETWORK or facts.file_system.lower() in _NETWORK_SYSTEMS


def _sync_service(facts: PlaceFacts) -> str:
    """Return which program synchronises the folder, empty for none that is known."""
    for variable in _SYNC_VARIABLES:
        root = facts.environment.get(variable, "")
        if root and _within(facts, root):
            return "OneDrive"
    for name in folders_above(facts.path, windows=facts.windows):
        small = name.casefold()
        if small in _SYNC_NAMES:
            return _SYNC_NAMES[small]
        for beginning, service in _SYNC_BEGINNINGS.items():
            if small.startswith(beginning):
                return service
    return next((service for mark, service in _SYNC_MARKS.items() if mark in facts.marks), "")


def _within(facts: PlaceFacts, folder: str) -> bool:
    """Return whether the file lies in a folder or below it."""
    path, root = _usual(facts, facts.path), _usual(facts, folder).rstrip("/")
    return bool(root) and path.startswith(f"{root}/")


def _usual(facts: PlaceFacts, path: str) -> str:
    return path.replace("\\", "/").casefold() if facts.windows else path
