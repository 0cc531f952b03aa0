"""T-A3: where a database file may lie, with what Windows and Linux say of such places."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from fujisawa_desktop.rules.places import REFUSED_FOR_NEW, Concern, Drive, PlaceFacts, concerns
from fujisawa_desktop.services.places import file_system_of

WINDOWS: Final = PlaceFacts(
    path="C:\\Users\\shokuin\\Documents\\internship.fjdb",
    windows=True,
    drive=Drive.FIXED,
    environment={
        "ONEDRIVE": "C:\\Users\\shokuin\\OneDrive",
        "TEMP": "C:\\Users\\shokuin\\AppData\\Local\\Temp",
    },
    temporary=("C:\\Users\\shokuin\\AppData\\Local\\Temp",),
)
LINUX: Final = PlaceFacts(path="/home/shokuin/internship.fjdb", file_system="ext4", temporary=("/tmp",))  # noqa: S108
HOME: Final = "C:\\Users\\shokuin\\"

PLACES: Final[dict[str, tuple[PlaceFacts, Concern, str]]] = {
    "UNC path": (replace(WINDOWS, path="\\\\srv01\\職員課\\internship.fjdb"), Concern.NETWORK, ""),
    "UNC path with slashes": (replace(WINDOWS, path="//srv01/share/a.fjdb"), Concern.NETWORK, ""),
    "long UNC path": (replace(WINDOWS, path="\\\\?\\UNC\\srv01\\share\\a.fjdb"), Concern.NETWORK, ""),
    "mapped drive": (replace(WINDOWS, path="Z:\\a.fjdb", drive=Drive.NETWORK), Concern.NETWORK, ""),
    "NFS": (replace(LINUX, file_system="nfs4"), Concern.NETWORK, ""),
    "Samba": (replace(LINUX, file_system="cifs"), Concern.NETWORK, ""),
    "SSH": (replace(LINUX, file_system="fuse.sshfs"), Concern.NETWORK, ""),
    "OneDrive": (replace(WINDOWS, path=f"{HOME}onedrive\\仕事\\a.fjdb"), Concern.SYNCHRONISED, "OneDrive"),
    "OneDrive of the office": (
        replace(WINDOWS, path=f"{HOME}OneDrive - 藤沢市\\a.fjdb"),
        Concern.SYNCHRONISED,
        "OneDrive",
    ),
    "Dropbox": (replace(WINDOWS, path=f"{HOME}Dropbox\\a.fjdb"), Concern.SYNCHRONISED, "Dropbox"),
    "Box": (replace(WINDOWS, path=f"{HOME}Box\\a.fjdb"), Concern.SYNCHRONISED, "Box"),
    "Google Drive": (replace(WINDOWS, path="G:\\マイドライブ\\a.fjdb"), Concern.SYNCHRONISED, "Google Drive"),
    "a folder with the mark of Dropbox": (
        replace(LINUX, marks=frozenset({".dropbox"})),
        Concern.SYNCHRONISED,
        "Dropbox",
    ),
    "compressed folder": (replace(WINDOWS, compressed=True), Concern.COMPRESSED, ""),
    "temporary folder": (
        replace(WINDOWS, path=f"{HOME}APPDATA\\Local\\Temp\\a.fjdb"),
        Concern.TEMPORARY,
        "",
    ),
    "USB stick": (replace(WINDOWS, path="E:\\a.fjdb", drive=Drive.REMOVABLE), Concern.REMOVABLE, ""),
    "read-only folder": (replace(LINUX, folder_writable=False), Concern.READ_ONLY_FOLDER, ""),
    "read-only file": (replace(LINUX, file_writable=False), Concern.READ_ONLY_FILE, ""),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_place_that_is_not_good_is_named_with_its_reason(place: str) -> None:
    facts, concern, service = PLACES[place]
    assert [(found.concern, found.service) for found in concerns(facts)] == [(concern, service)]


@pytest.mark.parametrize(
    "facts",
    [
        WINDOWS,
        LINUX,
        replace(WINDOWS, path="\\\\?\\C:\\data\\a.fjdb"),
        replace(WINDOWS, path=f"{HOME}OneDriveBackup\\a.fjdb"),
        replace(WINDOWS, path=f"{HOME}Boxes\\a.fjdb"),
        replace(LINUX, path="/tmpfiles/a.fjdb"),  # noqa: S108 - a folder that only looks like it
        replace(LINUX, path="/home/x/dropbox.fjdb"),
    ],
    ids=lambda facts: facts.path,
)
def test_a_good_place_is_not_spoken_against(facts: PlaceFacts) -> None:
    assert concerns(facts) == ()


def test_only_what_cannot_be_written_is_refused() -> None:
    assert {Concern.READ_ONLY_FOLDER} == REFUSED_FOR_NEW


def test_the_file_system_is_that_of_the_nearest_mount() -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\nsrv:/home /home nfs4 rw 0 0\n//srv/x /home/me/my\\040share cifs rw 0 0\n"
        "broken line\n"
    )
    assert file_system_of("/etc/a.fjdb", mounts) == "ext4"
    assert file_system_of("/home/me/a", mounts) == "nfs4"
    assert file_system_of("/home/me/my share/a", mounts) == "cifs"
    assert file_system_of("/homely", mounts) == "ext4"
    assert file_system_of("/x", "") == ""
