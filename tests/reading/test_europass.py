"""Europass XML: the Skills Passport and the Candidate say the same; nothing outside is opened."""

from __future__ import annotations

import re

import pytest

from tailor.reading.files import Content
from tailor.reading.reader import cv_of
from tailor.values.cv import Bullet, ContactKind, Cv, Date, Period, SectionKind
from tailor.values.errors import CvError

PASSPORT = """<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="en">
 <DocumentInfo><Generator>EWA</Generator></DocumentInfo>
 <LearnerInfo>
  <Identification>
   <PersonName><FirstName>Ada</FirstName><Surname>Vermeer</Surname></PersonName>
   <ContactInfo>
    <Address><Contact><AddressLine>1 Mill Lane</AddressLine><Municipality>Leeds</Municipality>
     <Country><Code>UK</Code><Label>United Kingdom</Label></Country></Contact></Address>
    <Email><Contact>ada@vermeer.example</Contact></Email>
    <TelephoneList><Telephone><Contact>+44 7700 900123</Contact></Telephone></TelephoneList>
    <WebsiteList><Website><Contact>https://vermeer.example</Contact></Website></WebsiteList>
    <InstantMessagingList><InstantMessaging><Contact>adav</Contact>
     <Use><Code>skype</Code><Label>Skype</Label></Use></InstantMessaging></InstantMessagingList>
   </ContactInfo>
   <Demographics><NationalityList><Nationality><Code>NL</Code><Label>Dutch</Label></Nationality>
    </NationalityList><Gender><Code>F</Code><Label>Female</Label></Gender></Demographics>
   <Photo><MimeType>image/png</MimeType><Data>iVBORw0KGgo=</Data></Photo>
  </Identification>
  <Headline><Type><Code>position</Code><Label>POSITION</Label></Type>
   <Description><Label>Engineer</Label></Description></Headline>
  <WorkExperienceList><WorkExperience>
   <Period><From year="2019" month="--03" day="---01"/><Current>true</Current></Period>
   <Position><Label>Systems Engineer</Label></Position>
   <Activities>&lt;p&gt;Kept pumps &amp;amp; locks.&lt;/p&gt;
    &lt;ul&gt;&lt;li&gt;Cut alarms&lt;/li&gt;&lt;li&gt;Led four&lt;/li&gt;&lt;/ul&gt;</Activities>
   <Employer><Name>Brightwater</Name><ContactInfo><Address><Contact>
    <Municipality>York</Municipality><Country><Code>UK</Code><Label>United Kingdom</Label></Country>
    </Contact></Address><Website><Contact>https://bright.example</Contact></Website></ContactInfo>
    <Sector><Label>Water</Label></Sector></Employer>
  </WorkExperience></WorkExperienceList>
  <EducationList><Education>
   <Period><From year="2012"/><To year="2015"/></Period>
   <Title>BSc</Title><Activities>Waves</Activities>
   <Organisation><Name>University of Leeds</Name></Organisation>
   <Field><Label>Physics</Label></Field>
  </Education></EducationList>
  <Skills>
   <Linguistic>
    <MotherTongueList><MotherTongue><Description><Code>nl</Code><Label>Dutch</Label></Description>
     </MotherTongue></MotherTongueList>
    <ForeignLanguageList>
     <ForeignLanguage><Description><Label>English</Label></Description><ProficiencyLevel>
      <Listening>C1</Listening><SpokenInteraction>C1</SpokenInteraction></ProficiencyLevel>
     </ForeignLanguage>
     <ForeignLanguage><Description><Label>French</Label></Description><ProficiencyLevel>
      <Listening>B1</Listening><SpokenInteraction>A2</SpokenInteraction></ProficiencyLevel>
     </ForeignLanguage>
    </ForeignLanguageList>
   </Linguistic>
   <Computer><Description>Python, SQL</Description></Computer>
  </Skills>
  <AchievementList><Achievement><Title><Code>projects</Code><Label>Projects</Label></Title>
   <Description>&lt;p&gt;Tidewatch&lt;/p&gt;</Description></Achievement></AchievementList>
 </LearnerInfo>
</SkillsPassport>"""

CANDIDATE = """<?xml version="1.0" encoding="UTF-8"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3"
 xmlns:oa="http://www.openapplications.org/oagis/9" xmlns:eures="http://www.europass_eures.eu/1.0">
 <hr:DocumentID>1</hr:DocumentID>
 <CandidatePerson>
  <PersonName><oa:GivenName>Ada</oa:GivenName><hr:FamilyName>Vermeer</hr:FamilyName></PersonName>
  <Communication><ChannelCode>Email</ChannelCode><oa:URI>ada@vermeer.example</oa:URI></Communication>
  <Communication><ChannelCode>Telephone</ChannelCode><CountryDialing>44</CountryDialing>
   <oa:DialNumber>7700900123</oa:DialNumber></Communication>
  <Communication><ChannelCode>Social Media</ChannelCode><UseCode>LinkedIn</UseCode>
   <oa:URI>https://linkedin.com/in/adav</oa:URI></Communication>
  <Communication><UseCode>home</UseCode><Address><oa:AddressLine>1 Mill Lane</oa:AddressLine>
   <oa:CityName>Leeds</oa:CityName><CountryCode>uk</CountryCode></Address></Communication>
  <hr:BirthDate>1990-01-01</hr:BirthDate>
  <PrimaryLanguageCode>nld</PrimaryLanguageCode>
 </CandidatePerson>
 <CandidateProfile>
  <hr:ExecutiveSummary>&lt;p&gt;Keeps rivers in.&lt;/p&gt;</hr:ExecutiveSummary>
  <EmploymentHistory><EmployerHistory>
   <hr:OrganizationName>Brightwater</hr:OrganizationName>
   <OrganizationContact><Communication><Address><oa:CityName>York</oa:CityName>
    <CountryCode>uk</CountryCode></Address></Communication></OrganizationContact>
   <PositionHistory><PositionTitle>Lead</PositionTitle>
    <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2021-05-01</hr:FormattedDateTime>
     </eures:StartDate><hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
    <oa:Description>&lt;ul&gt;&lt;li&gt;Led four&lt;/li&gt;&lt;/ul&gt;</oa:Description>
   </PositionHistory>
   <PositionHistory><PositionTitle>Engineer</PositionTitle>
    <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2019</hr:FormattedDateTime>
     </eures:StartDate><eures:EndDate><hr:FormattedDateTime>2021-05</hr:FormattedDateTime>
     </eures:EndDate><hr:CurrentIndicator>false</hr:CurrentIndicator></eures:EmploymentPeriod>
   </PositionHistory>
  </EmployerHistory></EmploymentHistory>
  <EducationHistory><EducationOrganizationAttendance>
   <hr:OrganizationName>University of Leeds</hr:OrganizationName>
   <AttendancePeriod><StartDate><hr:FormattedDateTime>2012</hr:FormattedDateTime></StartDate>
    <EndDate><hr:FormattedDateTime>2015</hr:FormattedDateTime></EndDate></AttendancePeriod>
   <EducationDegree><hr:DegreeName>BSc Physics</hr:DegreeName>
    <FinalGrade><hr:ScoreText>First</hr:ScoreText></FinalGrade></EducationDegree>
  </EducationOrganizationAttendance></EducationHistory>
  <PersonQualifications><PersonCompetency><CompetencyID>eng</CompetencyID>
   <hr:TaxonomyID>language</hr:TaxonomyID><eures:CompetencyDimension>
    <hr:CompetencyDimensionTypeCode>CEF-Understanding-Listening</hr:CompetencyDimensionTypeCode>
    <eures:Score><hr:ScoreText>C1</hr:ScoreText></eures:Score></eures:CompetencyDimension>
  </PersonCompetency></PersonQualifications>
  <PublicationHistory><Publication><Title>On Weirs</Title><Year>2014</Year>
   <Reference>River Letters</Reference><Authors>A. Vermeer</Authors></Publication>
  </PublicationHistory>
  <Projects><Project><Title>Tidewatch</Title><Date><StartDate>
   <hr:FormattedDateTime>2016</hr:FormattedDateTime></StartDate></Date>
   <Description>&lt;p&gt;A map of tides.&lt;/p&gt;</Description></Project></Projects>
  <Skills><SkillsGroup><Title>Web</Title><PersonCompetency>
   <hr:TaxonomyID>Digital_Skill</hr:TaxonomyID><hr:CompetencyName>HTML</hr:CompetencyName>
   </PersonCompetency><PersonCompetency><hr:CompetencyName>CSS</hr:CompetencyName></PersonCompetency>
  </SkillsGroup></Skills>
  <NetworksAndMemberships><NetworkAndMembership><Activity><Title>River Guild</Title></Activity>
   </NetworkAndMembership></NetworksAndMemberships>
  <CourseCertifications><CourseCertification><Title>CKA</Title><eures:FirstIssuedDate>
   <hr:FormattedDateTime>2020-02-01</hr:FormattedDateTime></eures:FirstIssuedDate>
   </CourseCertification></CourseCertifications>
  <Others><Title>Talks</Title><Other><Title>Weirs today</Title>
   <Description>At WeirConf.</Description></Other></Others>
 </CandidateProfile>
 <RenderingInformation><Design><Template>Template1</Template></Design></RenderingInformation>
</Candidate>"""


def read(xml: str) -> Cv:
    """Return the CV of this XML, whose format is recognised."""
    return cv_of(Content("cv.xml", xml.encode(), "CV"))


def lines(cv: Cv, kind: SectionKind) -> list[str]:
    """Return the lines outside entries of the sections of a kind."""
    return [b.text.plain for s in cv.sections if s.kind is kind for b in s.bullets]


def plains(bullets: tuple[Bullet, ...]) -> list[str]:
    """Return the texts of bullets."""
    return [bullet.text.plain for bullet in bullets]


def test_the_skills_passport() -> None:
    """Person, positions, degrees, languages with their levels, skills, achievements."""
    cv = read(PASSPORT)
    assert (cv.name, cv.headline, cv.nationality) == ("Ada Vermeer", "Engineer", "Dutch")
    assert {contact.kind: contact.text for contact in cv.contacts} == {
        ContactKind.PLACE: "1 Mill Lane, Leeds, United Kingdom",
        ContactKind.EMAIL: "ada@vermeer.example",
        ContactKind.PHONE: "+44 7700 900123",
        ContactKind.WEBSITE: "https://vermeer.example",
        ContactKind.HANDLE: "Skype: adav",
    }
    [job] = cv.positions
    assert (job.title, job.organisation) == ("Systems Engineer", "Brightwater")
    assert (job.place, job.link) == ("York, United Kingdom", "https://bright.example")
    assert job.period == Period(Date(2019, 3), present=True)
    assert plains(job.bullets) == ["Kept pumps & locks.", "Cut alarms", "Led four"]
    [degree] = cv.degrees
    assert (degree.title, degree.organisation) == ("BSc, Physics", "University of Leeds")
    assert (degree.period, plains(degree.bullets)) == (Period(Date(2012), Date(2015)), ["Waves"])
    assert lines(cv, SectionKind.LANGUAGES) == [
        "Dutch (mother tongue)",
        "English (C1)",
        "French (listening B1, spoken interaction A2)",
    ]
    assert lines(cv, SectionKind.SKILLS) == ["Digital: Python, SQL"]
    assert lines(cv, SectionKind.PROJECTS) == ["Tidewatch"]
    assert [text.split(": ")[1] for text in plains(cv.unplaced)] == ["Female", "Water"]


def test_the_candidate() -> None:
    """Several positions at one employer, sections with titles, and those of one's own."""
    cv = read(CANDIDATE)
    assert cv.name == "Ada Vermeer"
    assert {contact.text for contact in cv.contacts} == {
        "1 Mill Lane, Leeds, UK",
        "ada@vermeer.example",
        "+44 7700900123",
        "LinkedIn: https://linkedin.com/in/adav",
    }
    lead, engineer = cv.positions
    assert (lead.title, lead.organisation, lead.place) == ("Lead", "Brightwater", "York, UK")
    assert (lead.period, plains(lead.bullets)) == (
        Period(Date(2021, 5), present=True),
        ["Led four"],
    )
    assert (engineer.title, engineer.place) == ("Engineer", "York, UK")
    assert engineer.period == Period(Date(2019), Date(2021, 5))
    [degree] = cv.degrees
    assert (degree.title, degree.period) == ("BSc Physics", Period(Date(2012), Date(2015)))
    assert plains(degree.bullets) == ["Score: First"]
    assert lines(cv, SectionKind.SUMMARY) == ["Keeps rivers in."]
    assert lines(cv, SectionKind.LANGUAGES) == ["Dutch (mother tongue)", "English (C1)"]
    assert lines(cv, SectionKind.SKILLS) == ["Web: HTML, CSS"]
    assert lines(cv, SectionKind.CERTIFICATES) == ["CKA"]
    [paper] = cv.publications
    assert (paper.text.plain, paper.date) == ("A. Vermeer. On Weirs. River Letters", Date(2014))
    entries = {s.heading: [e.title for e in s.entries] for s in cv.sections}
    assert (entries["Projects"], entries["Talks"]) == (["Tidewatch"], ["Weirs today"])
    own = {s.heading: plains(s.bullets) for s in cv.sections}
    assert own["Networks and memberships"] == ["River Guild"]
    assert plains(cv.unplaced) == ["Candidate/CandidatePerson/BirthDate: 1990-01-01"]


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ("<?xml version='1.0'?><note/>", "XML, but not of Europass"),
        ("<SkillsPassport><LearnerInfo>", "is no sound XML (line 1)"),
        ("<Candidate></Candidate>", "no name found"),
        ("<!--x--><Candidate>&x;</Candidate>", "is no sound XML"),
    ],
)
def test_what_cannot_be_read_is_refused(xml: str, words: str) -> None:
    """With a clear error."""
    with pytest.raises(CvError, match=re.escape(words)):
        read(xml)


def test_nothing_outside_the_file_is_opened() -> None:
    """A document type, which could name files and make a bomb of entities, is refused."""
    bomb = PASSPORT.replace("<SkillsPassport", '<!DOCTYPE x [<!ENTITY e "e">]><SkillsPassport', 1)
    with pytest.raises(CvError, match="XML"):
        read(bomb.replace(">Ada<", ">&e;<"))
