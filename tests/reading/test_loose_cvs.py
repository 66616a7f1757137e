"""CVs as people write them, each in its own way. All people and firms are invented."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailor.cv import Cv, Date, RichText, Run, SectionKind
from tailor.errors import CvError
from tailor.reading.cv.structure import build_cv
from tailor.reading.lines import Line, LineKind
from tailor.reading.markup.markdown import read_markdown


@dataclass(frozen=True)
class Expected:
    """An entry: titles joined by " > ", employer, place, dates as written below, bullets."""

    title: str
    organisation: str
    place: str
    period: str
    bullets: int


def found_in(cv: Cv) -> list[Expected]:
    """Return the entries of a CV in the form of `Expected`."""
    return [
        Expected(
            " > ".join(entry.titles),
            entry.organisation,
            entry.place,
            f"{shown(entry.period.start)}-{shown(entry.period.end)}"
            + ("now" if entry.period.present else ""),
            len(entry.bullets),
        )
        for entry in cv.entries
    ]


def shown(date: Date | None) -> str:
    """Write a date as 2019 or 2019/03."""
    if date is None:
        return ""
    return f"{date.year}/{date.month:02}" if date.month else str(date.year)


def read(text: str) -> Cv:
    """Read a CV from Markdown or plain text."""
    return build_cv(read_markdown(text))


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
            Expected('Head Baker', 'Rye & Daughters', 'Leeds', '2020/01-now', 2),
            Expected('Baker', 'Oat Ltd', '', '2017-2019', 1),
            Expected('BSc Food Science', 'University of Hull', '', '2013-2016', 0),
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
            Expected('Baker', 'Acme', '', '2019-2021', 1),
            Expected('Cook', 'Oat Works', '', '2016-2019', 2),
        ],
    ),
    "three_lines": (
        """\
NORA VELD
nora@example.org

EXPERIENCE

Acme Ltd, Leeds
Baker
2019 - 2021
- Baked bread every
  single morning
- Swept.

Tarn Foods, York
Cook
Spring 2016 to Summer 2018
- Cooked.
""",
        [
            Expected('Baker', 'Acme Ltd', 'Leeds', '2019-2021', 2),
            Expected('Cook', 'Tarn Foods', 'York', '2016/03-2018/06', 1),
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
            Expected('Team Lead', 'Quillmere Energy', 'Sheffield, UK', '2021-now', 1),
            Expected('Engineer', 'Quillmere Energy', 'Sheffield, UK', '2018-2021', 2),
            Expected('Intern', 'Tarnbrook Payments', '', '-2017', 1),
        ],
    ),
    "label_head": (
        """\
Name: Fatima Osei
Email: fatima@example.org
Phone: +49 9131 555 0100 ext. 12
Address: Erlangen, Germany
Nationality: Ghanaian

WORK EXPERIENCE

Siemens AG (Erlangen)
Test Engineer
03/2018 – 12/2021
• Tested turbines.
• Wrote reports.
""",
        [
            Expected('Test Engineer', 'Siemens AG', 'Erlangen', '2018/03-2021/12', 2),
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
            Expected('Baker', 'Acme', 'York', '2019-2021', 1),
            Expected('Cook', 'Oat Ltd', 'Hull', '2016-2019', 1),
            Expected('BSc Chemistry', 'University of York', '', '2012-2016', 0),
        ],
    ),
    "german": (
        """\
Lebenslauf

Jürgen Falk
juergen@example.org

Berufserfahrung

05/2018 – heute    Bäcker, Mühle GmbH, Köln
- Brote gebacken
- Lehrlinge angeleitet

März 2014 bis April 2018    Entwickler, Kanten AG, Bonn
- Programmiert

Ausbildung

10/2010 – 02/2014    Diplom Informatik, Universität Bonn

Sprachen
Deutsch, Englisch
""",
        [
            Expected('Bäcker', 'Mühle GmbH', 'Köln', '2018/05-now', 2),
            Expected('Entwickler', 'Kanten AG', 'Bonn', '2014/03-2018/04', 1),
            Expected('Diplom Informatik', 'Universität Bonn', '', '2010/10-2014/02', 0),
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
            Expected('Boulangère', 'Le Bon Pain', 'Lyon', '2019/01-now', 1),
            Expected('Stagiaire', 'Farine SARL', 'Paris', '2017/09-2018/12', 1),
            Expected('CAP Boulangerie', 'Lycée Hôtelier de Lyon', '', '2015-2017', 0),
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
            Expected('Panadera', 'Trigo S.A.', 'Madrid', '2020/01-now', 1),
            Expected('Licenciatura en Química', 'Universidad de Sevilla', '', '2010-2015', 0),
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
            Expected('Padeiro', 'Pão Lda', 'Porto', '2018/03-now', 1),
            Expected('Licenciatura em Química', 'Universidade do Porto', '', '2012-2015', 0),
        ],
    ),
    "wrapped_text": (
        """\
MIRA HOLT
12 Mill Lane, York, UK
mira@example.org / +44 7700 900456

PROFESSIONAL EXPERIENCE
-----------------------

Head Gardener, Eskmoor Hall, Eskmoor            June 2019 to date
  * Looked after eleven acres of gardens with a staff of three, and opened them to
    visitors on forty days a year
  * Planted an orchard of 200 trees of old kinds, which the county's museum of
    rural life now uses for its courses
  * Budget of 40,000 a year

Gardener, Town of Marrick                       2015 - 2019
  * Mowed
  * Pruned

EDUCATION
---------

Diploma in Horticulture, Askham College, 2014
""",
        [
            Expected('Head Gardener', 'Eskmoor Hall', 'Eskmoor', '2019/06-now', 3),
            Expected('Gardener', 'Town of Marrick', '', '2015-2019', 2),
            Expected('Diploma in Horticulture', 'Askham College', '', '-2014', 0),
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
            Expected('Baker', 'Acme', '', '2019-2021', 3),
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
            Expected('Engineer', 'Acme', 'Leeds', '2019-2021', 1),
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
            Expected('Ovenwatch', '', '', '-2021', 1),
            Expected('Baker', 'Acme', 'Leeds', '2019-2021', 1),
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
            Expected('Senior Nurse', 'St Brannock Hospital', 'Leeds, England, United Kingdom', '2020/01-now', 1),
            Expected('Nurse', 'Marrick Clinic', '', '2015-2020', 1),
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
            Expected('Warehouse Manager', 'Fennimore Freight', 'Hull', '2016/04-2020/09', 1),
            Expected('Forklift Driver', 'Harbour Ltd', 'Hull', '2012-2016', 1),
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
            Expected('Baker', 'Acme', '', '2019-2021', 0),
            Expected('Cook', 'Oat Ltd', '', '2016-2019', 0),
        ],
    ),
    "unmarked_dates_first": (
        """\
Sam Corrie
sam@example.org

Employment

Sept 2018 – Aug 2021
Care Assistant
Willow House, Ripon
Helped residents wash, dress and eat.
Kept the daily notes.

2014–2018
Shop Assistant
Marrick Stores
Served.

Education

2012-2014
BTEC Health and Social Care
Ripon College
""",
        [
            Expected('Care Assistant', 'Willow House', 'Ripon', '2018/09-2021/08', 2),
            Expected('Shop Assistant', 'Marrick Stores', '', '2014-2018', 1),
            Expected('BTEC Health and Social Care', 'Ripon College', '', '2012-2014', 0),
        ],
    ),
    "livecareer_a": (
        """\
TEACHER
Summary
Calm teacher.
Experience
Teacher
January 2012 to Current Company Name City , State
• Taught.
• Marked.

Aide
March 2010 to December 2011 Company Name City , State
• Helped.

Education
Bachelor of Arts : English , 2009 Marrick University City , State English
Skills
reading, writing
""",
        [
            Expected('Teacher', 'Company Name', 'City , State', '2012/01-now', 2),
            Expected('Aide', 'Company Name', 'City , State', '2010/03-2011/12', 1),
            Expected('Bachelor of Arts : English', 'Marrick University', 'City , State', '-2009', 0),
        ],
    ),
    "livecareer_e": (
        """\
NURSE
Experience
Company Name City , State Charge Nurse 01/2014 to 01/2019
• Nights.
Company Name City , State Nurse 05/2010 to 12/2013
• Days.
Education
Eskmoor College City , State Associate of Science Nursing 2010
Skills
IV, triage
""",
        [
            Expected('Charge Nurse', 'Company Name', 'City , State', '2014/01-2019/01', 1),
            Expected('Nurse', 'Company Name', 'City , State', '2010/05-2013/12', 1),
            Expected('Associate of Science Nursing', 'Eskmoor College', 'City , State', '-2010', 0),
        ],
    ),
    "livecareer_f": (
        """\
CHEF
Experience
Company Name January 2014 to January 2019 Executive Chef
City , State
• Cooked.
Company Name June 2010 to December 2013 Line Cook
City , State
• Cooked more.
• Cleaned.
""",
        [
            Expected('Executive Chef', 'Company Name', 'City , State', '2014/01-2019/01', 1),
            Expected('Line Cook', 'Company Name', 'City , State', '2010/06-2013/12', 2),
        ],
    ),
    "livecareer_g": (
        """\
CHEF
Experience
Executive Chef 01/2014 to Current Company Name City , State
• Cooked.
Line Cook 01/2010 to 01/2014 Company Name City , State
• Cleaned.
""",
        [
            Expected('Executive Chef', 'Company Name', 'City , State', '2014/01-now', 1),
            Expected('Line Cook', 'Company Name', 'City , State', '2010/01-2014/01', 1),
        ],
    ),
    "livecareer_h": (
        """\
ACCOUNTANT
Experience
Accountant , Company Name January 2014 to Current – City , State
• Booked.
Clerk , Company Name June 2012 to January 2014 – City , State
• Filed.
""",
        [
            Expected('Accountant', 'Company Name', 'City , State', '2014/01-now', 1),
            Expected('Clerk', 'Company Name', 'City , State', '2012/06-2014/01', 1),
        ],
    ),
    "livecareer_dates_alone": (
        """\
CHEF
Experience
01/2014 to Current
Executive Chef Company Name – City , State
• Cooked.
06/2010 to 01/2014
Line Cook Company Name – City , State
• Cleaned.
Education
2010
Associate of Arts : Culinary Arts Rye Institute - City , State Culinary Arts
""",
        [
            Expected('Executive Chef', 'Company Name', 'City , State', '2014/01-now', 1),
            Expected('Line Cook', 'Company Name', 'City , State', '2010/06-2014/01', 1),
            Expected('Associate of Arts : Culinary Arts', 'Rye Institute', 'City , State', '-2010', 0),
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
            Expected('Marketing Manager', 'Larkhollow Tickets', 'York, UK', '2018/04-now', 1),
            Expected('Marketing Assistant', 'Thistlemoor Books', 'Leeds, UK', '2014/09-2018/03', 1),
        ],
    ),
    "us_style": (
        """\
JORDAN PIKE
Austin, TX | (512) 555-0100 | jordan@example.com

EXPERIENCE

FENNIMORE FREIGHT, Austin, TX
Operations Manager, June 2018 – Present
• Ran it.
Operations Analyst, May 2015 – May 2018
• Analysed it.

MARRICK LOGISTICS, Dallas, TX
Intern, Summer 2014
• Counted.

EDUCATION

UNIVERSITY OF ESKMOOR, Austin, TX
Bachelor of Science in Economics, May 2015
GPA: 3.8
""",
        [
            Expected('Operations Manager', 'FENNIMORE FREIGHT', 'Austin, TX', '2018/06-now', 1),
            Expected('Operations Analyst', 'FENNIMORE FREIGHT', 'Austin, TX', '2015/05-2018/05', 1),
            Expected('Intern', 'MARRICK LOGISTICS', 'Dallas, TX', '-2014/06', 1),
            Expected('Bachelor of Science in Economics', 'UNIVERSITY OF ESKMOOR', 'Austin, TX', '-2015/05', 1),
        ],
    ),
    "wide_two_sides": (
        """\
RAY DUNN

WORK HISTORY

Rye Ltd                                   Leeds, UK
Head Baker                     Mar 2019 - Present
• Led.
Oat                                       Hull, UK
Baker                         June 2015 to Feb 2019
• Baked
""",
        [
            Expected('Head Baker', 'Rye Ltd', 'Leeds, UK', '2019/03-now', 1),
            Expected('Baker', 'Oat', 'Hull, UK', '2015/06-2019/02', 1),
        ],
    ),
    "h3_dates_line_below_place": (
        """\
# Lea Frost
## Experience
### Baker | Acme
*Leeds, UK | Q1 2020 – now*
* Baked.
### Acme, Cook
*2018/01 – 2019/12*
* Cooked.
""",
        [
            Expected('Baker', 'Acme', 'Leeds, UK', '2020/01-now', 1),
            Expected('Cook', 'Acme', '', '2018/01-2019/12', 1),
        ],
    ),
    "unknown_caps": (
        """\
ANN GREY
ann@example.org

EXPERIENCE

Baker, Rye, Leeds, 2019 - 2021
- Baked.

VOYAGES

Sailed round the Faroes.
Sailed to Iceland.

SKILLS

Bread, Cake, Pie
""",
        [
            Expected('Baker', 'Rye', 'Leeds', '2019-2021', 1),
        ],
    ),
    "sep_bar_order": (
        """\
# Jan Moor
**Software Engineer**

jan@example.org | github.com/janmoor | Ghent, Belgium

---

## Experience

**Quillmere** | Senior Engineer | Remote | *Mar 2021 - Present*

- Built a thing.
- Led three people.

**Tarnbrook Ltd** | Engineer | Leeds, UK | *Jan 2018 - Feb 2021*

- Built another.

## Education

**University of Ghent** | MSc Computer Science | *2016 - 2018*
""",
        [
            Expected('Senior Engineer', 'Quillmere', 'Remote', '2021/03-now', 2),
            Expected('Engineer', 'Tarnbrook Ltd', 'Leeds, UK', '2018/01-2021/02', 1),
            Expected('MSc Computer Science', 'University of Ghent', '', '2016-2018', 0),
        ],
    ),
    "h3_title_h4_org": (
        """\
# Kim Lowe
## Work Experience
### Data Analyst
#### Larkhollow Tickets, York
##### June 2019 – now
* Dashboards.
### Intern
#### Thistlemoor Books
##### Summer 2018
* Reports.
""",
        [
            Expected('Data Analyst', 'Larkhollow Tickets', 'York', '2019/06-now', 1),
            Expected('Intern', 'Thistlemoor Books', '', '-2018/06', 1),
        ],
    ),
    "bold_all_in_one": (
        """\
# Pat Rowe
## Experience
**Electrician, Voltage & Sons, Hull (2015 – 2020)**
Rewired 200 houses.

**Apprentice, Voltage & Sons, Hull (2012 – 2015)**
Learnt the trade.
""",
        [
            Expected('Electrician', 'Voltage & Sons', 'Hull', '2015-2020', 1),
            Expected('Apprentice', 'Voltage & Sons', 'Hull', '2012-2015', 1),
        ],
    ),
    "dash_lines": (
        """\
MARA QUINN
Registered Nurse
mara@example.org

Experience
Staff Nurse - St Anne's Hospital - Leeds                2019 - Present
- Ward 7
- Nights

Nurse - Marrick Clinic - York                           2016 - 2019
- Clinics

Education
BSc Nursing - University of York - 2013-2016

Certifications
- NMC registration, 2016

Languages
English, French
""",
        [
            Expected('Staff Nurse', "St Anne's Hospital", 'Leeds', '2019-now', 2),
            Expected('Nurse', 'Marrick Clinic', 'York', '2016-2019', 1),
            Expected('BSc Nursing', 'University of York', '', '2013-2016', 0),
        ],
    ),
    "dates_line_below_title_no_employer": (
        """\
# Tess Vale
## Projects
### Ovenwatch
2021
A thermometer for ovens, in Rust.
- 300 stars
### Crumbs
Jan 2019 - Mar 2020
- A bread timer.
## Experience
### Baker
Rye Ltd
2018 - 2019
- Baked
""",
        [
            Expected('Ovenwatch', '', '', '-2021', 2),
            Expected('Crumbs', '', '', '2019/01-2020/03', 1),
            Expected('Baker', 'Rye Ltd', '', '2018-2019', 1),
        ],
    ),
    "achievements_inside": (
        """\
# Lou Finch
## Experience
### Sales Manager, Acme, Leeds
2018 – 2022

Led a team of nine.

**Key achievements:**
- Doubled sales.
- Won the prize.

**Responsibilities**
- Hiring.

### Sales Agent, Oat, Leeds
2015 – 2018
- Sold.
""",
        [
            Expected('Sales Manager', 'Acme', 'Leeds', '2018-2022', 5),
            Expected('Sales Agent', 'Oat', 'Leeds', '2015-2018', 1),
        ],
    ),
    "txt_responsibilities": (
        """\
LEN ARK
len@example.org

CAREER HISTORY

Jan 2015 - Dec 2019   Store Manager, Marrick Stores, Marrick

Responsibilities:
- Ran the store.
- Hired.

Achievements:
- Opened a second one.

Jun 2010 - Dec 2014   Assistant, Marrick Stores, Marrick

- Helped.

INTERESTS

Chess, hiking
""",
        [
            Expected('Store Manager', 'Marrick Stores', 'Marrick', '2015/01-2019/12', 3),
            Expected('Assistant', 'Marrick Stores', 'Marrick', '2010/06-2014/12', 1),
        ],
    ),
    "no_dates": (
        """\
# Wes Ford
## Experience
**Baker, Rye Ltd**
- Baked.

**Cook, Oat**
- Cooked.
""",
        [
            Expected('Baker', 'Rye Ltd', '', '-', 1),
            Expected('Cook', 'Oat', '', '-', 1),
        ],
    ),
    "no_dates_txt": (
        """\
WES FORD

EXPERIENCE

Baker, Rye Ltd, Leeds
- Baked.

Cook, Oat, Hull
- Cooked.
- Cleaned.
""",
        [
            Expected('Baker', 'Rye Ltd', 'Leeds', '-', 1),
            Expected('Cook', 'Oat', 'Hull', '-', 2),
        ],
    ),
    "items_are_entries": (
        """\
# Amy Reed
## Education
- MSc Botany, University of Hull, 2015
- BSc Biology, University of York, 2013
## Experience
- **Gardener**, Eskmoor Hall (2016–2020)
  - Roses
  - Hedges
- **Trainee**, Askham Park (2015–2016)
""",
        [
            Expected('MSc Botany', 'University of Hull', '', '-2015', 0),
            Expected('BSc Biology', 'University of York', '', '-2013', 0),
            Expected('Gardener', 'Eskmoor Hall', '', '2016-2020', 2),
            Expected('Trainee', 'Askham Park', '', '2015-2016', 0),
        ],
    ),
    "german_table": (
        """\
# Anke Riemer
## Beruflicher Werdegang
**01/2019 – heute** Projektleiterin, Kanten AG, Hamburg
- Leitung von zwölf Projekten
**08/2014 – 12/2018** Ingenieurin, Werk GmbH, Kiel
- Konstruktion
## Ausbildung
**2009 – 2014** Diplom Maschinenbau, Technische Universität Hamburg
## Kenntnisse
- CAD, SAP
## Sprachen
- Deutsch (Muttersprache)
- Englisch (C1)
""",
        [
            Expected('Projektleiterin', 'Kanten AG', 'Hamburg', '2019/01-now', 1),
            Expected('Ingenieurin', 'Werk GmbH', 'Kiel', '2014/08-2018/12', 1),
            Expected('Diplom Maschinenbau', 'Technische Universität Hamburg', '', '2009-2014', 0),
        ],
    ),
    "french_txt": (
        """\
Paul Mercier
Ingénieur logiciel
paul@example.org – 06 12 34 56 78

EXPÉRIENCE PROFESSIONNELLE

Depuis mars 2020 : Ingénieur logiciel, Logis SARL, Nantes
- Développement

Septembre 2016 – février 2020 : Développeur chez Farine SA, Rennes
- Maintenance

FORMATION

2016 : Master Informatique, Université de Rennes

LANGUES
Français, anglais
""",
        [
            Expected('Ingénieur logiciel', 'Logis SARL', 'Nantes', '2020/03-now', 1),
            Expected('Développeur', 'Farine SA', 'Rennes', '2016/09-2020/02', 1),
            Expected('Master Informatique', 'Université de Rennes', '', '-2016', 0),
        ],
    ),
    "company_line_then_date_then_title": (
        """\
ED VOSS

PROFESSIONAL EXPERIENCE

Harbour Logistics Ltd, Hull, UK
January 2018 – Present
Operations Manager
• Ran the dock.
• Cut costs.

Fennimore Freight, Manchester, UK
May 2014 – December 2017
Shift Supervisor
• Ran shifts.
""",
        [
            Expected('Operations Manager', 'Harbour Logistics Ltd', 'Hull, UK', '2018/01-now', 2),
            Expected('Shift Supervisor', 'Fennimore Freight', 'Manchester, UK', '2014/05-2017/12', 1),
        ],
    ),
    "two_col_tabs": (
        """\
# Mina Sorel
## Experience
Rye Ltd\tLeeds, UK
*Head Baker*\tMar 2019 – Present
- Led.

Oat GmbH\tBerlin, Germany
*Baker*\tJun 2015 – Feb 2019
- Baked.
## Education
University of Hull\tHull, UK
*BSc Food Science; GPA 3.7*\tSep 2011 – Jun 2015
""",
        [
            Expected('Head Baker', 'Rye Ltd', 'Leeds, UK', '2019/03-now', 1),
            Expected('Baker', 'Oat GmbH', 'Berlin, Germany', '2015/06-2019/02', 1),
            Expected('BSc Food Science; GPA 3.7', 'University of Hull', 'Hull, UK', '2011/09-2015/06', 0),
        ],
    ),
    "quoted_dates": (
        """\
# Joy Lane
## Experience
### Teacher — Eskmoor School (Sept. 2015 to July 2019)
1. Taught maths.
2. Ran the chess club.
### Tutor
*Self-employed* · 2013–2015
+ Tutored.
""",
        [
            Expected('Teacher', 'Eskmoor School', '', '2015/09-2019/07', 2),
            Expected('Tutor', '', '', '2013-2015', 1),
        ],
    ),
    "summary_wrapped_bare": (
        """\
Ruth Adeyemi
ruth@example.org
Lagos, Nigeria

Profile
An accountant with eleven years in audit and public finance who has
led teams in three countries and enjoys teaching.

Work Experience
Senior Accountant, Ministry of Finance, Lagos
March 2016 - present
- Prepared the accounts of four agencies
- Trained juniors
Accountant, Palm Bank, Abuja
2012 - 2016
- Audits

Education
BSc Accounting, University of Ibadan, 2008 - 2012

References
Available on request.
""",
        [
            Expected('Senior Accountant', 'Ministry of Finance', 'Lagos', '2016/03-now', 2),
            Expected('Accountant', 'Palm Bank', 'Abuja', '2012-2016', 1),
            Expected('BSc Accounting', 'University of Ibadan', '', '2008-2012', 0),
        ],
    ),
    "hash_nospace_emoji": (
        """\
# 👋 Sol Diaz
📧 sol@example.org · 📍 Madrid, Spain · 🔗 [Site](https://sol.example.org)
## 💼 Experience
### 🧁 Pastry Chef @ Dulce S.L.
📅 2019 - Present
- Cakes.
## 🎓 Education
### Diploma in Pastry @ Escuela de Hostelería
📅 2017 - 2018
""",
        [
            Expected('🧁 Pastry Chef', 'Dulce S.L.', '', '2019-now', 1),
            Expected('Diploma in Pastry', 'Escuela de Hostelería', '', '2017-2018', 0),
        ],
    ),
    "colon_fields": (
        """\
Name: Omar Said
Email: omar@example.org

Work Experience

Company: Rye Ltd
Position: Baker
Period: 2019 - 2021
- Baked.

Company: Oat Ltd
Position: Cook
Period: 2016 - 2019
- Cooked.
""",
        [
            Expected('Baker', 'Rye Ltd', '', '2019-2021', 1),
            Expected('Cook', 'Oat Ltd', '', '2016-2019', 1),
        ],
    ),
    "dated_bullets_inside": (
        """\
# Al Pine
## Experience
### Engineer, Acme, Leeds
Jan 2015 – Dec 2020
- 2015 – 2017: built the line.
- 2018 – 2020: ran the line.
### Trainee, Oat
2013 – 2015
- Learnt.
""",
        [
            Expected('Engineer', 'Acme', 'Leeds', '2015/01-2020/12', 2),
            Expected('Trainee', 'Oat', '', '2013-2015', 1),
        ],
    ),
    "europass": (
        """\
# Nadia Popa
## WORK EXPERIENCE
01/09/2018 – 31/12/2020 – Cluj, Romania
**Accountant** – Contabil SRL
- Books.
""",
        [
            Expected('Accountant', 'Contabil SRL', 'Cluj, Romania', '2018/09-2020/12', 1),
        ],
    ),
    "h3_date_prefix": (
        """\
# Vi Long
## Experience
### 2019 – 2021 · Baker · Acme · Leeds
- Baked.
### [2017 – 2019] Cook, Oat
- Cooked.
""",
        [
            Expected('Baker', 'Acme', 'Leeds', '2019-2021', 1),
            Expected('Cook', 'Oat', '', '2017-2019', 1),
        ],
    ),
}
