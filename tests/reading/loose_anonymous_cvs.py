"""CVs made anonymous, as lines of a PDF: heads in several orders, often with spaces only."""

from __future__ import annotations

from expected_entries import Expected

CASES = {
    "order_a": (
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
            Expected("Teacher", "Company Name", "City , State", "2012/01-now", 2),
            Expected("Aide", "Company Name", "City , State", "2010/03-2011/12", 1),
            Expected(
                "Bachelor of Arts : English", "Marrick University", "City , State", "-2009", 0
            ),
        ],
    ),
    "order_e": (
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
            Expected("Charge Nurse", "Company Name", "City , State", "2014/01-2019/01", 1),
            Expected("Nurse", "Company Name", "City , State", "2010/05-2013/12", 1),
            Expected("Associate of Science Nursing", "Eskmoor College", "City , State", "-2010", 0),
        ],
    ),
    "order_f": (
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
            Expected("Executive Chef", "Company Name", "City , State", "2014/01-2019/01", 1),
            Expected("Line Cook", "Company Name", "City , State", "2010/06-2013/12", 2),
        ],
    ),
    "order_g": (
        """\
CHEF
Experience
Executive Chef 01/2014 to Current Company Name City , State
• Cooked.
Line Cook 01/2010 to 01/2014 Company Name City , State
• Cleaned.
""",
        [
            Expected("Executive Chef", "Company Name", "City , State", "2014/01-now", 1),
            Expected("Line Cook", "Company Name", "City , State", "2010/01-2014/01", 1),
        ],
    ),
    "order_h": (
        """\
ACCOUNTANT
Experience
Accountant , Company Name January 2014 to Current – City , State
• Booked.
Clerk , Company Name June 2012 to January 2014 – City , State
• Filed.
""",
        [
            Expected("Accountant", "Company Name", "City , State", "2014/01-now", 1),
            Expected("Clerk", "Company Name", "City , State", "2012/06-2014/01", 1),
        ],
    ),
    "order_dates_alone": (
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
            Expected("Executive Chef", "Company Name", "City , State", "2014/01-now", 1),
            Expected("Line Cook", "Company Name", "City , State", "2010/06-2014/01", 1),
            Expected(
                "Associate of Arts : Culinary Arts", "Rye Institute", "City , State", "-2010", 0
            ),
        ],
    ),
}
