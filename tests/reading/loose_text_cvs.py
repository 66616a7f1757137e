"""CVs in plain text as people type it, each with the entries that a reader sees in it."""

from __future__ import annotations

from expected_entries import Expected

CASES = {
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
            Expected("Baker", "Acme Ltd", "Leeds", "2019-2021", 2),
            Expected("Cook", "Tarn Foods", "York", "2016-2018", 1),
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
            Expected("Test Engineer", "Siemens AG", "Erlangen", "2018/03-2021/12", 2),
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
            Expected("Bäcker", "Mühle GmbH", "Köln", "2018/05-now", 2),
            Expected("Entwickler", "Kanten AG", "Bonn", "2014/03-2018/04", 1),
            Expected("Diplom Informatik", "Universität Bonn", "", "2010/10-2014/02", 0),
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
            Expected("Head Gardener", "Eskmoor Hall", "Eskmoor", "2019/06-now", 3),
            Expected("Gardener", "Town of Marrick", "", "2015-2019", 2),
            Expected("Diploma in Horticulture", "Askham College", "", "-2014", 0),
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
            Expected("Care Assistant", "Willow House", "Ripon", "2018/09-2021/08", 2),
            Expected("Shop Assistant", "Marrick Stores", "", "2014-2018", 1),
            Expected("BTEC Health and Social Care", "Ripon College", "", "2012-2014", 0),
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
            Expected("Operations Manager", "FENNIMORE FREIGHT", "Austin, TX", "2018/06-now", 1),
            Expected("Operations Analyst", "FENNIMORE FREIGHT", "Austin, TX", "2015/05-2018/05", 1),
            Expected("Intern", "MARRICK LOGISTICS", "Dallas, TX", "-2014", 1),
            Expected(
                "Bachelor of Science in Economics",
                "UNIVERSITY OF ESKMOOR",
                "Austin, TX",
                "-2015/05",
                1,
            ),
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
            Expected("Head Baker", "Rye Ltd", "Leeds, UK", "2019/03-now", 1),
            Expected("Baker", "Oat", "Hull, UK", "2015/06-2019/02", 1),
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
            Expected("Baker", "Rye", "Leeds", "2019-2021", 1),
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
            Expected("Staff Nurse", "St Anne's Hospital", "Leeds", "2019-now", 2),
            Expected("Nurse", "Marrick Clinic", "York", "2016-2019", 1),
            Expected("BSc Nursing", "University of York", "", "2013-2016", 0),
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
            Expected("Store Manager", "Marrick Stores", "Marrick", "2015/01-2019/12", 3),
            Expected("Assistant", "Marrick Stores", "Marrick", "2010/06-2014/12", 1),
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
            Expected("Baker", "Rye Ltd", "Leeds", "-", 1),
            Expected("Cook", "Oat", "Hull", "-", 2),
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
            Expected("Ingénieur logiciel", "Logis SARL", "Nantes", "2020/03-now", 1),
            Expected("Développeur", "Farine SA", "Rennes", "2016/09-2020/02", 1),
            Expected("Master Informatique", "Université de Rennes", "", "-2016", 0),
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
            Expected("Operations Manager", "Harbour Logistics Ltd", "Hull, UK", "2018/01-now", 2),
            Expected(
                "Shift Supervisor", "Fennimore Freight", "Manchester, UK", "2014/05-2017/12", 1
            ),
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
            Expected("Senior Accountant", "Ministry of Finance", "Lagos", "2016/03-now", 2),
            Expected("Accountant", "Palm Bank", "Abuja", "2012-2016", 1),
            Expected("BSc Accounting", "University of Ibadan", "", "2008-2012", 0),
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
            Expected("Baker", "Rye Ltd", "", "2019-2021", 1),
            Expected("Cook", "Oat Ltd", "", "2016-2019", 1),
        ],
    ),
}
