"""Sentences about the wording of papers and messages, and what its parts are called."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.texts.office_papers import TERMS as OFFICE_TERMS
from fujisawa_desktop.texts.terms import TERMS as COMMON_TERMS

MESSAGES: Final[dict[str, str]] = {
    "wording.unknown": N_(
        "The word “{word}” in line {line} is not one this text knows, so it could not be filled. "
        "Choose a word from the list of words."
    ),
    "wording.broken": N_(
        "Line {line} is not written correctly: “{word}”. "
        "Close the braces of each word there, and end each “if” with “endif”."
    ),
    "wording.empty": N_("This text is empty, but the paper needs it. Write something."),
    "wording.character": N_(
        "No font of this program has the character “{word}”, so it would print as 〓. Write another."
    ),
    "wording.long": N_("This text is longer than {most} characters, too long for a paper. Shorten it."),
    "wording.count": N_(
        "The table has {word} columns, so there must be {word} lines here. Write one line for each column."
    ),
    "wording.choice": N_("“{word}” is none of the possible choices. Choose one of the list."),
    "wording.shape": N_("This part cannot be read as it is stored. Go back to an earlier version."),
    "wording.note-long": N_("The note is longer than {most} characters. Shorten it."),
    "wording.unknown-name": N_("There is no wording called “{name}”. Choose one from the list."),
    "wording.nothing-to-copy": N_(
        "The wordings of “{programme}” are in use here already, so nothing was changed. "
        "Choose another programme, or change the texts here."
    ),
    "wording.version-gone": N_(
        "Version {edition} of this wording does not exist any more, because saving it was undone. "
        "Choose another version."
    ),
}

LABELS: Final[dict[str, str]] = {
    "wording.save": N_("Change the wording: {wording}"),
    "wording.take-back": N_("Go back to version {edition} of the wording: {wording}"),
    "wording.copy": N_("Use the wordings of {programme} ({count})"),
    "wording.back-to-shipped": N_("Go back to the shipped wording: {wording}"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "wording": {
        **COMMON_TERMS["kind"],
        **OFFICE_TERMS["kind"],
        "common": N_("What all papers share"),
        "mail:first-pass": N_("Mail: passed the first screening"),
        "mail:first-fail": N_("Mail: failed the first screening"),
        "mail:interview-invitation": N_("Mail: interview invitation"),
        "mail:final-pass": N_("Mail: passed"),
        "mail:final-reserve": N_("Mail: reserve"),
        "mail:final-fail": N_("Mail: failed"),
        "mail:promotion": N_("Mail: moved up from reserve"),
        "mail:common": N_("What all mails share"),
    },
    "wording-section": {
        "pass": N_("Passed"),
        "reserve": N_("Reserve"),
        "fail": N_("Failed"),
        "letter": N_("The letter"),
        "notice": N_("The letter"),
        "accept": N_("Form to accept"),
        "decline": N_("Form to decline"),
        "form": N_("The form"),
        "items": N_("Items"),
        "names": N_("Names of the papers"),
        "explanations": N_("What is said of each paper"),
        "phrases": N_("Phrases inside the items"),
        "rounding": N_("How pay is rounded"),
        "tax": N_("Income tax"),
        "commuting": N_("Commuting expenses"),
        "insurance": N_("Employment insurance"),
        "pay_months": N_("Months of payment"),
        "columns": N_("Headings of the table"),
        "orders": N_("Words for the order"),
        "counts": N_("Words for the records"),
        "trial": N_("Test print"),
        "outline": N_("Outline"),
        "term": N_("Term"),
        "pay": N_("Pay"),
        "selection": N_("Selection"),
        "facts": N_("Names of the facts"),
        "labels": N_("Names of the lines"),
        "totals": N_("Names of the totals"),
        "steps": N_("How an amount came about"),
        "sections": N_("Parts of the paper"),
        "result": N_("Words for results"),
        "stage": N_("Words for the screenings"),
        "status": N_("Words for the states"),
        "flags": N_("Words for the flags"),
        "text": N_("Explanations"),
        "contact": N_("Contact box"),
        "number": N_("Document number"),
        "cap": N_("Limit of hours"),
        "correction": N_("Correction of a letter"),
        "reissue": N_("Letter issued once more"),
    },
    "wording-field": {
        "file_name": N_("Name of the file"),
        "date_style": N_("How dates are written"),
        "period_style": N_("How months are written"),
        "label": N_("Label"),
        "digit_style": N_("How figures are written"),
        "honorific": N_("Honorific"),
        "print_address": N_("Print the address above the name"),
        "title": N_("Title"),
        "subtitle": N_("Subtitle"),
        "body": N_("Text"),
        "items": N_("Under 記"),
        "notes": N_("Notes below the text"),
        "mark": N_("Mark"),
        "month": N_("Month"),
        "day": N_("Day"),
        "place": N_("Place"),
        "printed": N_("When it was printed"),
        "count": N_("How many"),
        "empty": N_("When there is nothing"),
        "none": N_("When there is nothing"),
        "stamps": N_("Boxes for seals"),
        "addressee": N_("Addressee"),
        "sender": N_("Sender"),
        "date": N_("Date"),
        "contact": N_("Heading of the contact box"),
        "contact_heading": N_("Heading of the contact box"),
        "contact_lines": N_("Lines of the contact box"),
        "fields": N_("Boxes to fill in"),
        "reason": N_("Heading of the reason"),
        "at_once": N_("Where no day is named"),
        "continued": N_("Head of the second page"),
        "sheet": N_("Under each sheet"),
        "city_hall": N_("Name of the city hall"),
        "headline": N_("Headline"),
        "lead": N_("Opening paragraphs"),
        "banner": N_("Banner"),
        "points": N_("Points"),
        "code_caption": N_("Under the QR code"),
        "headings": N_("Headings of the table"),
        "columns": N_("Headings of the table"),
        "choices": N_("Questions to tick"),
        "subject": N_("Subject"),
        "before": N_("Text before the list"),
        "after": N_("Text after the list"),
        "greeting": N_("Greeting"),
        "opening": N_("First line"),
        "privacy": N_("About personal data"),
        "misdelivery": N_("If it reached somebody else"),
        "correction_subject": N_("Subject of a correction"),
        "correction": N_("Text of a correction"),
        "contact_line": N_("Line around the contact"),
        "item_mark": N_("Mark before each line"),
        "heading": N_("Heading"),
        "lines": N_("Lines"),
        "url_caption": N_("Under the QR code"),
        "numbered": N_("With a number"),
        "blank": N_("Before there is a number"),
        "inclusive": N_("“Up to”"),
        "exclusive": N_("“Less than”"),
        "week": N_("Days a week"),
        "title_end": N_("End of the title"),
        "title_corrected": N_("End of the title of a correction"),
        "title_changed": N_("End of the title of a change"),
        "time": N_("Text of another time of the interview"),
        "content": N_("Text of another mistake"),
    },
    "wording-choice": {
        "era": N_("Era year (令和6年10月1日)"),
        "western-era": N_("Western and era year (2024年（令和6年）10月1日)"),
        "western": N_("Western year (2024年12月)"),
        "half": N_("12 (narrow)"),
        "full": N_("１２ (wide)"),
        "mixed": N_("One digit wide, more digits narrow"),
    },
}
