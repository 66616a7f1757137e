"""CVs in Markdown as people write it, each with the entries that a reader sees in it."""

from __future__ import annotations

from expected_entries import Expected

CASES = {
    "hand_at": (
        """\
# Ines Marlow
ines.marlow@example.org | +44 7700 900123 | Leeds, UK

## Experience

**Head Baker** at **Rye & Daughters**, Leeds
Jan 2020 - Present
- Ran the night shift.
- Trained four apprentices.

**Baker** at **Oat Ltd**
2017-2019
- Baked.

## Education
**BSc Food Science**, University of Hull, 2013 - 2016
""",
        [
            Expected("Head Baker", "Rye & Daughters", "Leeds", "2020/01-now", 2),
            Expected("Baker", "Oat Ltd", "", "2017-2019", 1),
            Expected("BSc Food Science", "University of Hull", "", "2013-2016", 0),
        ],
    ),
    "employer_dash_italic": (
        """\
# Tomas Keld

## Work

**Acme** — *Baker* (2019–2021)
- Baked.

**Oat Works** — *Cook* (2016–2019)
- Cooked.
- Cleaned.
""",
        [
            Expected("Baker", "Acme", "", "2019-2021", 1),
            Expected("Cook", "Oat Works", "", "2016-2019", 2),
        ],
    ),
    "bold_titles_under_employer": (
        """\
# Jo Arden
## Experience
### Quillmere Energy, Sheffield, UK
**Team Lead** (2021 – Present)
- Led.

**Engineer** (2018 – 2021)
- Built.
- Mended.

### Tarnbrook Payments
**Intern** | 2017
- Learnt.
""",
        [
            Expected("Team Lead", "Quillmere Energy", "Sheffield, UK", "2021-now", 1),
            Expected("Engineer", "Quillmere Energy", "Sheffield, UK", "2018-2021", 2),
            Expected("Intern", "Tarnbrook Payments", "", "-2017", 1),
        ],
    ),
    "dates_table": (
        """\
# Paul Winther

## Experience

2019 - 2021\tBaker, Acme, York
- Baked.

2016 - 2019\tCook, Oat Ltd, Hull
- Cooked.

## Education

2012 - 2016\tBSc Chemistry, University of York
""",
        [
            Expected("Baker", "Acme", "York", "2019-2021", 1),
            Expected("Cook", "Oat Ltd", "Hull", "2016-2019", 1),
            Expected("BSc Chemistry", "University of York", "", "2012-2016", 0),
        ],
    ),
    "french": (
        """\
# Élodie Marchand

## Expérience professionnelle

### Boulangère, Le Bon Pain, Lyon
de janvier 2019 à aujourd'hui
- Pain au levain.

### Stagiaire, Farine SARL, Paris
sept. 2017 – déc. 2018
- Aide.

## Formation

**CAP Boulangerie**, Lycée Hôtelier de Lyon, 2015 - 2017

## Langues
Français (langue maternelle), anglais (C1)
""",
        [
            Expected("Boulangère", "Le Bon Pain", "Lyon", "2019/01-now", 1),
            Expected("Stagiaire", "Farine SARL", "Paris", "2017/09-2018/12", 1),
            Expected("CAP Boulangerie", "Lycée Hôtelier de Lyon", "", "2015-2017", 0),
        ],
    ),
    "spanish": (
        """\
# Lucía Ferrer

## Experiencia laboral

### Panadera en Trigo S.A., Madrid
enero de 2020 – actualidad
- Pan.

## Educación

### Licenciatura en Química, Universidad de Sevilla
2010 – 2015
""",
        [
            Expected("Panadera", "Trigo S.A.", "Madrid", "2020/01-now", 1),
            Expected("Licenciatura en Química", "Universidad de Sevilla", "", "2010-2015", 0),
        ],
    ),
    "portuguese": (
        """\
# Rui Tavares
## Experiência Profissional
### Padeiro, Pão Lda, Porto
março de 2018 - presente
- Pão.
## Formação Académica
### Licenciatura em Química, Universidade do Porto
2012 - 2015
""",
        [
            Expected("Padeiro", "Pão Lda", "Porto", "2018/03-now", 1),
            Expected("Licenciatura em Química", "Universidade do Porto", "", "2012-2015", 0),
        ],
    ),
    "nested": (
        """\
# Ola Berg
## Experience
### Baker, Acme
2019 – 2021
- Achievements:
  - Won the county prize.
  - Halved the waste.
- Duties:
  - Baked.
""",
        [
            Expected("Baker", "Acme", "", "2019-2021", 3),
        ],
    ),
    "front": (
        """\
---
name: Dara Quill
title: Platform Engineer
email: dara@example.org
location: Leeds, UK
github: daraquill
tags: [cv, resume]
---

## Experience

### Engineer, Acme, Leeds
2019 – 2021
- Built.
""",
        [
            Expected("Engineer", "Acme", "Leeds", "2019-2021", 1),
        ],
    ),
    "links": (
        """\
# Ben Ashby
## Projects
### [Ovenwatch](https://ovenwatch.example.org) (2021)
- Watches ovens.
## Experience
### Baker, [Acme](https://acme.example.org), Leeds
2019 – 2021
- Baked.
""",
        [
            Expected("Ovenwatch", "", "", "-2021", 1),
            Expected("Baker", "Acme", "Leeds", "2019-2021", 1),
        ],
    ),
    "linkedin_like": (
        """\
# Cleo Hart
## Experience

Senior Nurse
St Brannock Hospital · Full-time
Jan 2020 - Present · 3 yrs 2 mos
Leeds, England, United Kingdom
- Ward of 24 beds.

Nurse
Marrick Clinic
2015 – 2020
- Nights.
""",
        [
            Expected(
                "Senior Nurse",
                "St Brannock Hospital",
                "Leeds, England, United Kingdom",
                "2020/01-now",
                1,
            ),
            Expected("Nurse", "Marrick Clinic", "", "2015-2020", 1),
        ],
    ),
    "no_bullets_paragraph": (
        """\
# Hugo Lind
## Experience
**Warehouse Manager**
Fennimore Freight, Hull
04/2016 - 09/2020

Ran a warehouse of forty people and two shifts. Introduced barcode scanners.

**Forklift Driver**
Harbour Ltd, Hull
2012 - 2016

Drove.
""",
        [
            Expected("Warehouse Manager", "Fennimore Freight", "Hull", "2016/04-2020/09", 1),
            Expected("Forklift Driver", "Harbour Ltd", "Hull", "2012-2016", 1),
        ],
    ),
    "table_md": (
        """\
# Ida Roe
## Experience

| Period | Role | Employer |
|---|---|---|
| 2019 – 2021 | Baker | Acme |
| 2016 – 2019 | Cook | Oat Ltd |
""",
        [
            Expected("Baker", "Acme", "", "2019-2021", 0),
            Expected("Cook", "Oat Ltd", "", "2016-2019", 0),
        ],
    ),
    "title_employer_comma_wide": (
        """\
# Amy Stone

## Employment History

Marketing Manager, Larkhollow Tickets                      Apr 2018 – Present
York, UK
• Grew sales.

Marketing Assistant, Thistlemoor Books                     Sep 2014 – Mar 2018
Leeds, UK
• Wrote.
""",
        [
            Expected("Marketing Manager", "Larkhollow Tickets", "York, UK", "2018/04-now", 1),
            Expected("Marketing Assistant", "Thistlemoor Books", "Leeds, UK", "2014/09-2018/03", 1),
        ],
    ),
}
