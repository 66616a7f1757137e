"""CVs in Markdown as people write it, each with the entries that a reader sees in it."""

from __future__ import annotations

from expected_entries import Expected

CASES = {
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
            Expected("Baker", "Acme", "Leeds, UK", "2020/01-now", 1),
            Expected("Cook", "Acme", "", "2018/01-2019/12", 1),
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
            Expected("Senior Engineer", "Quillmere", "Remote", "2021/03-now", 2),
            Expected("Engineer", "Tarnbrook Ltd", "Leeds, UK", "2018/01-2021/02", 1),
            Expected("MSc Computer Science", "University of Ghent", "", "2016-2018", 0),
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
            Expected("Data Analyst", "Larkhollow Tickets", "York", "2019/06-now", 1),
            Expected("Intern", "Thistlemoor Books", "", "-2018", 1),
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
            Expected("Electrician", "Voltage & Sons", "Hull", "2015-2020", 1),
            Expected("Apprentice", "Voltage & Sons", "Hull", "2012-2015", 1),
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
            Expected("Ovenwatch", "", "", "-2021", 2),
            Expected("Crumbs", "", "", "2019/01-2020/03", 1),
            Expected("Baker", "Rye Ltd", "", "2018-2019", 1),
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
            Expected("Sales Manager", "Acme", "Leeds", "2018-2022", 4),
            Expected("Sales Agent", "Oat", "Leeds", "2015-2018", 1),
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
            Expected("Baker", "Rye Ltd", "", "-", 1),
            Expected("Cook", "Oat", "", "-", 1),
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
            Expected("MSc Botany", "University of Hull", "", "-2015", 0),
            Expected("BSc Biology", "University of York", "", "-2013", 0),
            Expected("Gardener", "Eskmoor Hall", "", "2016-2020", 2),
            Expected("Trainee", "Askham Park", "", "2015-2016", 0),
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
            Expected("Projektleiterin", "Kanten AG", "Hamburg", "2019/01-now", 1),
            Expected("Ingenieurin", "Werk GmbH", "Kiel", "2014/08-2018/12", 1),
            Expected("Diplom Maschinenbau", "Technische Universität Hamburg", "", "2009-2014", 0),
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
            Expected("Head Baker", "Rye Ltd", "Leeds, UK", "2019/03-now", 1),
            Expected("Baker", "Oat GmbH", "Berlin, Germany", "2015/06-2019/02", 1),
            Expected(
                "BSc Food Science; GPA 3.7", "University of Hull", "Hull, UK", "2011/09-2015/06", 0
            ),
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
            Expected("Teacher", "Eskmoor School", "", "2015/09-2019/07", 2),
            Expected("Tutor", "Self-employed", "", "2013-2015", 1),
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
            Expected("🧁 Pastry Chef", "Dulce S.L.", "", "2019-now", 1),
            Expected("Diploma in Pastry", "Escuela de Hostelería", "", "2017-2018", 0),
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
            Expected("Engineer", "Acme", "Leeds", "2015/01-2020/12", 2),
            Expected("Trainee", "Oat", "", "2013-2015", 1),
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
            Expected("Accountant", "Contabil SRL", "Cluj, Romania", "2018/09-2020/12", 1),
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
            Expected("Baker", "Acme", "Leeds", "2019-2021", 1),
            Expected("Cook", "Oat", "", "2017-2019", 1),
        ],
    ),
}
