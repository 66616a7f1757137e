"""Title, company and place, in the forms in which postings usually name them."""

from __future__ import annotations

import pytest

from tailor.reading.posting.text import parse_posting

TITLES = [
    ("Job title: Night Baker\nWe bake.", "Night Baker"),
    ("Orrin Breads\nPosition: Head of Baking\n", "Head of Baking"),
    ("Role - Staff Nurse (Wards)\n", "Staff Nurse (Wards)"),
    ("Data Engineer\n\nWe move data.", "Data Engineer"),
    ("Senior Data Engineer (m/f/d)\nOrrin Labs", "Senior Data Engineer"),
    ("# Data Engineer – Orrin Labs\nWe move data.", "Data Engineer"),
    ("Orrin Labs\nTeam Lead, Data Platform\nLeeds, UK", "Team Lead, Data Platform"),
    ("Hello! Orrin is looking for an experienced Site Manager to join us.", "Site Manager"),
    ("Hello! We are hiring a Product Designer (f/m/x) who likes maps.", "Product Designer"),
    ("Hello! We seek help.\nAs a Platform Engineer, you run clusters.", "Platform Engineer"),
    ("Hello! In your role as a Ward Nurse at Saint Odo, you care.", "Ward Nurse"),
    (
        "Hello! We are on the lookout for a seasoned Senior Cake Designer to help.",
        "Senior Cake Designer",
    ),
    ("Hello! As our Lead Oven DevOps Engineer, you will heat.", "Lead Oven DevOps Engineer"),
    (
        "Hello!\nThe Director of Bread Science is responsible for crusts.",
        "Director of Bread Science",
    ),
    ("Hello!\nCake Fellow position(s) are available to work on icing.", "Cake Fellow"),
    ("Posting Title\nNight Baker\nWe bake.", "Night Baker"),
    ("Description\n\nAbout us\n\nWe bake.\n\n## Head of Rye\n\nYou bake.", "Head of Rye"),
    ("Data Engineer - Columbus, GA 31909\nWe move data.", "Data Engineer"),
    ("Data Engineer II (Remote) - R12345\nWe move data.", "Data Engineer II"),
    ("Ward Assistant - Surgery (Fayette, AL) - Fayette, AL\nWe care.", "Ward Assistant - Surgery"),
    ("Job title: Site Manager (Leeds, UK) #hiring\nWe build.", "Site Manager"),
    ("Senior Data Engineer, Remote, US\nWe move data.", "Senior Data Engineer"),
    ("Data Engineer (Python, SQL)\nWe move data.", "Data Engineer (Python, SQL)"),
]
NO_TITLES = [
    "",
    "We bake bread for the whole town and sell it every day of the week.",
    "Mix two eggs with flour.\n- flour\n- eggs",
    "We are looking for a new oven.",
    "Hello! As a trusted advisor, you speak with bakers of renown.",
    "Hello!\nYou report to people. Five years of experience as a baker help.",
    "You are an exceptional baker with a steady hand\nWe bake.",
]
COMPANIES = [
    ("Company: Orrin Breads\nBaker", "Orrin Breads"),
    ("Baker\nEmployer - Saint Odo Hospital", "Saint Odo Hospital"),
    ("Baker\nOrganisation: Sedge & Sons", "Sedge & Sons"),
    ("Baker\nOrrin Breads | Leeds, UK", "Orrin Breads"),
    ("Baker\nOrrin Breads – Leeds, UK – nights", "Orrin Breads"),
    ("Baker\n\nAbout Orrin Breads\nWe bake.", "Orrin Breads"),
    ("Baker\n\nWhy Orrin?\n- Because", "Orrin"),
    ("Baker\n\nAt Orrin Breads, we bake. Join Orrin Breads and bake too.", "Orrin Breads"),
    ("Baker\n\nOrrin Breads is a bakery. Bread is all Orrin Breads sells.", "Orrin Breads"),
    ("Baker\n\nOrrin Breads, LLC is a bakery of renown.", "Orrin Breads"),
    ("Baker\n\nThe Orrin Bread Exchange is a bakery of renown.", "Orrin Bread Exchange"),
    ("# Baker\n### Orrin\n#### `🌎 Wales`\n\nYou bake.", "Orrin"),
]
NO_COMPANIES = [
    "",
    "Baker\n\nAbout us\nWe bake.",
    "Baker\n\nAbout the role\nYou bake.",
    "Baker\nUSA | Leeds\n\nLocation: USA\n\nIn the USA, we bake.",
    "Baker\n\nWhy you’ll like working here\nWe bake.",
    "Baker\n\nWhy join?\nThe team is kind. The team is small.",
]
PLACES = [
    ("Baker\nLocation: Leeds, UK", "Leeds, UK"),
    ("Baker\nPlace of work: anywhere in Wales", "anywhere in Wales"),
    ("Baker\nBased in: Hull", "Hull"),
    ("Baker\nOrrin Breads | Leeds, UK | Nights", "Leeds, UK"),
    ("Baker\nOrrin Breads | Newcastle upon Tyne, UK", "Newcastle upon Tyne, UK"),
    ("Baker\nOrrin Breads\nSt. Ives, Cornwall", "St. Ives, Cornwall"),
    ("# Baker\n### Orrin\n#### `💰 $1` `🌎 Leeds, UK`\n\nYou bake.", "Leeds, UK"),
    ("Baker - Columbus, GA 31909\nWe bake.", "Columbus, GA 31909"),
    ("Baker\nLocation\nLeeds\nWe bake.", "Leeds"),
    ("Baker\n\nYou will be based in Skerwick, where it rains.", "Skerwick"),
    ("Orrin Breads, Stow-on-the-Tarn, are looking for a Baker. We bake.", "Stow-on-the-Tarn"),
]


@pytest.mark.parametrize(("text", "title"), [*TITLES, *((text, "") for text in NO_TITLES)])
def test_title(text: str, title: str) -> None:
    """From a label, from the first lines, or from "looking for a …"; else none."""
    assert parse_posting(text).title == title


@pytest.mark.parametrize(("text", "company"), [*COMPANIES, *((text, "") for text in NO_COMPANIES)])
def test_company(text: str, company: str) -> None:
    """From a label, the line below the title, "About …", or what recurs; else none."""
    assert parse_posting(text).company == company


@pytest.mark.parametrize(("text", "place"), [*PLACES, ("Baker\nOrrin Breads\nWe bake.", "")])
def test_place(text: str, place: str) -> None:
    """From a label, or a "City, Country" near the top; else none."""
    assert parse_posting(text).place == place


def test_the_company_is_no_place() -> None:
    """A company with a comma in its name is not taken for a town."""
    posting = parse_posting("Company: Orrin, Sedge\nBaker\nOrrin, Sedge | Leeds, UK")
    assert (posting.company, posting.place) == ("Orrin, Sedge", "Leeds, UK")
