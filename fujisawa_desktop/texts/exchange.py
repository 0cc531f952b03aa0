"""Sentences about files that are read or written, and about the rows in them."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "file.missing": N_("The file {file} was not found, so nothing was imported. Choose the file again."),
    "file.is-directory": N_("{file} is a folder, so it cannot be imported. Choose a file in it."),
    "file.unreadable": N_(
        "{file} could not be read. Close it in other programs, check that you may open it, and try again."
    ),
    "file.too-large": N_(
        "{file} is larger than {megabytes} MB, so it was not opened. Divide it into smaller files."
    ),
    "file.empty": N_("{file} holds nothing. Export it from the portal once more."),
    "file.headings-only": N_(
        "{file} has headings but no rows, so nothing was imported. Check the period chosen in the portal."
    ),
    "file.unknown-kind": N_(
        "{file} is not a table this program can read. Save it as CSV, TSV, xlsx, xls or ods and import that."
    ),
    "file.encoding": N_(
        "The characters of {file} cannot be read: line {line} fits neither UTF-8 nor Shift_JIS (CP932). "
        "Open the file in the program that made it and save it as UTF-8."
    ),
    "file.encoding-chosen": N_(
        "Line {line} of {file} does not fit the chosen character code, so nothing was read. "
        "Choose another character code above."
    ),
    "file.garbled": N_(
        "Line {line} of {file} comes out as nonsense (文字化け), so nothing was taken in. "
        "Choose another character code above, or export the file once more."
    ),
    "file.encoding-unknown": N_(
        "The character code {encoding} is not known. Choose one of those in the list."
    ),
    "file.nul": N_(
        "Line {line} of {file} holds a character that belongs in no table, so the file is damaged. "
        "Export it from the portal once more."
    ),
    "file.quote-open": N_(
        "In {file} a quotation mark opened in line {line} is never closed, so rows cannot be told apart. "
        "Correct that line, or export the file once more."
    ),
    "file.quote-stray": N_(
        "In {file} text follows a closing quotation mark in the row that begins at line {line}, "
        "so its cells cannot be told apart. Correct that line, or export the file once more."
    ),
    "file.cell-too-long": N_(
        "{file} holds a cell of more than 130,000 characters in the row that begins at line {line}. "
        "A quotation mark is probably missing there."
    ),
    "file.line-too-long": N_(
        "Line {line} of {file} has more than two million characters, which no list of applicants has. "
        "Check that this is the right file."
    ),
    "file.too-many-cells": N_("{file} has more than {cells} cells. Divide it into smaller files."),
    "file.too-many-columns": N_(
        "Line {line} of {file} has more than {columns} columns, so it was not read as a table. "
        "Check that this is the right file."
    ),
    "file.too-many-rows": N_("{file} has more than {rows} rows. Divide it into smaller files."),
    "file.bomb": N_(
        "{file} would unpack to a size no list of applicants has, so it was not opened. "
        "Save the sheet as CSV and import that."
    ),
    "file.damaged": N_("{file} is damaged and cannot be read. Export it once more, or save it as CSV."),
    "file.password": N_(
        "{file} is locked by a password. Open it in Excel, save it without a password, and import that."
    ),
    "write.is-directory": N_("{file} is a folder, so it cannot be written as a file. Choose another name."),
    "write.no-folder": N_(
        "The folder {folder} does not exist, so {file} was not written. Choose another one."
    ),
    "write.disk-full": N_(
        "The disk is full, so {file} was not written; an older file of that name is as it was. "
        "Make room and try again."
    ),
    "write.in-use": N_(
        "{file} could not be replaced and is as it was. Is it open in Excel? Close it there and try again."
    ),
    "outgoing.lost": N_(
        "“{act}” ({at}) is recorded, but {count} files of it are not in the folder {folder}: {files}. The "
        "program ended while they were being written, or another program holds their places. Close that "
        "program and look again; what does not come has to be made again from the record, not as new."
    ),
    "write.recorded": N_(
        "It is recorded, but {count} files could not be put in their places, the first of them {file}: "
        "another program holds it, or the folder is gone. Do not do it again. Close that program; the "
        "files are put there when this file is opened the next time."
    ),
    "write.read-only": N_(
        "You may not write to the folder {folder}, so {file} was not written. Choose another folder."
    ),
    "write.failed": N_(
        "{file} could not be written; an older file of that name is as it was. Try another folder."
    ),
    "export.too-many-rows": N_(
        "The list has {rows} rows, but a sheet of Excel holds {most}. Save it as CSV, or narrow the list."
    ),
    "export.cell-too-long": N_(
        "Row {row}, {heading}: the text has more than {most} characters, which no cell of Excel holds. "
        "Save the list as CSV instead."
    ),
    "import.no-number-column": N_(
        "The file has no column that looks like the portal's number (整理番号, 会員ID …), "
        "so entries could not be told apart. Check the headings in the first line."
    ),
    "import.no-name-column": N_(
        "The file has no column that looks like the applicants' names. Check the headings in the first line."
    ),
    "import.no-such-profile": N_("There is no import profile {profile}. There are: {known}."),
    "import.column-missing": N_(
        "The file lacks these columns: {columns}. Its headings are: {found}. "
        "Check that it is the right file, and correct the headings."
    ),
    "row.too-many-cells": N_(
        "The row has more cells than there are headings, so its values may stand in the wrong columns. "
        "Correct the row and import it again."
    ),
    "cell.missing": N_("{column} is empty. Fill it in and import the row again."),
    "number.missing": N_("The portal's number is empty, so the entry cannot be identified. Fill it in."),
    "number.damaged": N_(
        "The number {text} has been rounded by a spreadsheet and its digits are lost. "
        "Export the file from the portal once more and do not save it in Excel."
    ),
    "number.digits-lost": N_(
        "The number {text} is shorter than the {digits} digits of the others; "
        "a spreadsheet has probably dropped its leading zeros. Export the file from the portal once more."
    ),
    "name.missing": N_("The name is empty. Ask the applicant, fill it in, and import the row again."),
    "name.private-use": N_(
        "The name holds a character of one PC's own (外字, {character}), whose shape is not known here. "
        "Replace it by the right character and import the row again."
    ),
    "name.replaced": N_(
        "A character of the name was already lost in the file (�). Correct it and import the row again."
    ),
    "text.lost": N_(
        "A character was already lost in the file ({character}). Correct it and import the row again."
    ),
    "text.garbled": N_(
        "“{text}” is text read in the wrong character code (文字化け). "
        "Correct it, or export the file from the portal once more."
    ),
    "text.private-use": N_(
        "The cell holds a character of one PC's own (外字, {character}), whose shape is not known here. "
        "Replace it by the right character and import the row again."
    ),
    "text.private-use-kept": N_(
        "The answer holds a character of one PC's own (外字, {character}). It was kept as it is; "
        "its shape is not known here."
    ),
    "phone.damaged": N_(
        "The telephone number {text} has been rounded by a spreadsheet and its digits are lost. "
        "Export the file from the portal once more and do not save it in Excel."
    ),
    "phone.zero-lost": N_(
        "The telephone number had lost its leading zero and was read as {text}. Check that it is right."
    ),
    "phone.unreadable": N_("{text} does not look like a telephone number. It was kept as it is."),
    "postcode.damaged": N_(
        "The postcode {text} has been rounded by a spreadsheet and its digits are lost. "
        "Export the file from the portal once more and do not save it in Excel."
    ),
    "postcode.zero-lost": N_(
        "The postcode had lost its leading zero and was read as {text}. Check that it is right."
    ),
    "postcode.unreadable": N_("{text} does not look like a postcode. It was kept as it is."),
    "mail.unreadable": N_("{text} does not look like a mail address. It was kept as it is."),
    "kana.missing": N_(
        "The reading of the name is empty. Add it beside the list, so that the order is right."
    ),
    "received-at.missing": N_(
        "The time of arrival is empty, so the entry counts as on time and as arrived at its import."
    ),
    "statement.missing": N_(
        "The answer about grounds of disqualification is empty, so the entry bears no flag for it. "
        "Ask the person before anybody is appointed."
    ),
    "weekdays.unreadable": N_("The weekdays {text} could not be read. They are shown among the answers."),
    "span.end-before-start": N_("The end {end} is not after the start {start}. Correct the times."),
    "decision.stage-unknown": N_("{text} is no screening. Write 1次 or 最終."),
    "decision.result-unknown": N_("{text} is no result. Write 合格, 不合格 or 補欠1."),
    "minutes.unreadable": N_("{text} is no number of minutes. Write 60 or 1:00."),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "source": {"other": N_("Other file")},
}
