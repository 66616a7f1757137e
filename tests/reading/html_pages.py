"""Invented postings as pages of the kinds of sites that publish them."""

from __future__ import annotations

import json
from dataclasses import dataclass

DUTIES = (
    "Build the services that price parcels for eleven depots",
    "Keep the route planner within its budget of two seconds",
    "Write tests for each rule that dispatchers rely on",
)
NEEDS = (
    "Four years of Python in production",
    "Experience with PostgreSQL and message queues",
    "Plain written English",
)
ABOUT = (
    "Harrow Freight moves parcels between islands with ferries and cargo bikes. The team of nine "
    "looks after everything from the counter to the quay, and meets each week in Leith."
)
WANTED = (*DUTIES, *NEEDS)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, the names that it gives, and the words of it that are no posting."""

    html: str
    title: str = "Backend Engineer"
    company: str = "Harrow Freight"
    place: str = "Leith, UK"
    noise: tuple[str, ...] = ()


def items(texts: tuple[str, ...]) -> str:
    """Return a list."""
    return "<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>"


def json_ld(**fields: object) -> str:
    """Return a script with a JobPosting."""
    data = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": "Backend Engineer",
        "hiringOrganization": {"@type": "Organization", "name": "Harrow Freight"},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Leith",
                "addressCountry": "UK",
            },
        },
        **fields,
    }
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def described() -> str:
    """Return the posting as the HTML of a description."""
    return (
        f"<p>{ABOUT}</p><p><strong>What you will do</strong></p>{items(DUTIES)}"
        f"<p><strong>What you bring</strong></p>{items(NEEDS)}"
    )


def greenhouse() -> Page:
    """A board's own page: header, content, form."""
    return Page(
        f"""<!DOCTYPE html><html><head><title>Job Application for Backend Engineer at Harrow
        Freight</title>
        <script>var a = "<p>tracker</p>";</script><style>.x{{}}</style></head><body>
        <div id="wrapper"><div id="main"><div id="header"><a href="/h" class="logo">Board logo</a>
        <h1 class="app-title">Backend Engineer</h1><span class="company-name">at Harrow
        Freight</span>
        <div class="location">Leith, UK</div></div>
        <div id="content"><p>{ABOUT}</p><h2>What you will do</h2>{items(DUTIES)}
        <h2>What you bring</h2>{items(NEEDS)}</div>
        <div id="application"><form action="/a"><h3>Apply for this Job</h3><label>First Name
        <input name="f"></label><label>Resume<input type="file"></label>
        <p>Voluntary self-identification of gender</p><select><option>Decline</option></select>
        <button>Submit Application</button></form></div></div></div></body></html>""",
        noise=("tracker", "First Name", "Resume", "self-identification", "Submit", "Decline"),
    )


def lever() -> Page:
    """Posting header with categories, then sections of list items."""
    return Page(
        f"""<html><head><title>Harrow Freight - Backend Engineer</title>
        <meta property="og:title" content="Harrow Freight - Backend Engineer"></head>
        <body class="show"><div class="page"><div class="main-header page-full-width"><a
        href="https://harrow.example" class="main-header-logo"><img alt="logo"></a></div>
        <div class="content"><div class="section-wrapper page-full-width"><div class="section
        page-centered
        posting-header"><div class="posting-headline"><h2>Backend Engineer</h2>
        <div class="posting-categories"><div class="location">Leith, UK</div><div
        class="department">Platform /</div></div></div>
        <a class="postings-btn" href="/apply">Apply for this job</a></div></div>
        <div class="section page-centered"><div>{ABOUT}</div></div>
        <div class="section page-centered"><div><h3>What you will do</h3><ul
        class="posting-requirements">
        {items(DUTIES)}</ul></div></div>
        <div class="section page-centered"><div><h3>What you bring</h3>{items(NEEDS)}</div></div>
        <div class="section page-centered last-section-apply"><a href="/apply">Apply for this
        job</a></div>
        </div><div class="main-footer page-full-width"><a href="/">Harrow Freight Home Page</a>
        <p>Jobs powered by <a href="https://b.example">Board</a></p></div></div></body></html>""",
        noise=("Apply for this job", "Home Page", "powered by"),
    )


def workday() -> Page:
    """A shell that scripts fill; the posting is in its data only."""
    return Page(
        f"""<html><head><title></title><meta property="og:title" content="Backend Engineer">
        {json_ld(description=described())}</head><body><div id="root"></div>
        <noscript>You need to enable JavaScript to run this app.</noscript>
        <script src="/app.js"></script></body></html>""",
        noise=("JavaScript",),
    )


def network() -> Page:
    """A social network's public page: sign-in, "show more", similar jobs, no data."""
    cards = "".join(
        f'<li><a href="/j/{n}"><h3>Staff Engineer {n}</h3><h4>Tallow Ltd</h4></a></li>'
        for n in range(5)
    )
    return Page(
        f"""<html><head><title>Harrow Freight hiring Backend Engineer in Leith, UK |
        LinkedIn</title></head>
        <body><a class="skip-link" href="#main">Skip to main content</a><header
        class="header"><nav><a href="/p">People</a>
        <a href="/l">Learning</a><a href="/s">Sign in</a></nav></header><main id="main">
        <section class="top-card-layout"><h1 class="top-card-layout__title">Backend Engineer</h1>
        <h4><span class="topcard__flavor"><a class="topcard__org-name-link" href="/c"> Harrow
        Freight </a></span>
        <span class="topcard__flavor--bullet">Leith, UK</span></h4>
        <button>Save</button><div class="sign-in-modal"><p>Join to apply for this role. By
        clicking Continue
        you agree to the User Agreement.</p><form><input name="u"></form></div></section>
        <section class="description"><div class="show-more-less-html__markup
        show-more-less-html__markup--clamp-after-5"
        style="display:none"><p>{ABOUT}</p><strong>What you will
        do<br></strong>{items(DUTIES)}<strong>What you bring</strong>{items(NEEDS)}</div>
        <button aria-label="show more">Show more</button></section>
        <section class="similar-jobs"><h2>Similar jobs</h2><ul>{cards}</ul></section>
        <section><h2>People also viewed</h2><ul>{cards}</ul></section></main>
        <footer><ul><li><a href="/a">Accessibility</a></li><li><a href="/u">User
        Agreement</a></li></ul></footer>
        </body></html>""",
        noise=(
            "Learning",
            "Skip to",
            "Staff Engineer",
            "Tallow",
            "Accessibility",
            "Continue",
            "Show more",
        ),
    )


def board() -> Page:
    """A job board that sets everything in divs, its lists with typed marks."""
    duties = "<br>".join(f"&bull;&nbsp;{text}" for text in DUTIES)
    needs = "".join(f"<div>- {text}</div>" for text in NEEDS)
    return Page(
        f"""<html><head><title>Backend Engineer - Leith, UK - Indeed.com</title></head><body>
        <div class="gnav"><div role="navigation"><a href="/1">Find jobs</a><a href="/2">Company
        reviews</a>
        <a href="/3">Find salaries</a></div></div>
        <div class="jobsearch-ViewJobLayout"><div class="jobsearch-JobComponent">
        <div class="header"><h1><span>Backend Engineer</span></h1><div data-company-name="true"
        data-testid="inlineHeader-companyName"><span><a href="/c">Harrow Freight</a></span></div>
        <div>Leith, UK</div></div>
        <div id="jobDescriptionText"
        class="jobsearch-jobDescriptionText"><div>{ABOUT}</div><div><b>What you
        will do</b></div><div>{duties}</div><div><b>What you bring</b></div>{needs}</div>
        <div><button>Report job</button></div></div>
        <div class="related-links"><a href="/x">Backend jobs in Leith</a><a href="/y">Harrow Freight
        salaries</a><a href="/z">Jobs at Harrow Freight in Leith</a></div></div>
        <div id="cookie-banner"><p>We store cookies to make this board better for
        you.</p><button>OK</button>
        </div></body></html>""",
        noise=("Find jobs", "reviews", "Report job", "salaries", "store cookies"),
    )


def marked_up() -> Page:
    """A board with microdata, sections of cards, benefits with icons."""
    return Page(
        f"""<html lang="en"><head><title>Backend Engineer | StepStone</title></head><body>
        <div class="cmp-consent-dialog" role="dialog"><h2>Your privacy</h2><p>We and 214 partners
        process
        data.</p></div><header><a href="/">Jobs</a> <a href="/m">My list</a></header>
        <div itemscope itemtype="http://schema.org/JobPosting"><meta itemprop="datePosted"
        content="2025-01-02">
        <h1 itemprop="title">Backend Engineer</h1>
        <div itemprop="hiringOrganization" itemscope itemtype="http://schema.org/Organization"><a
        href="/f"><span itemprop="name">Harrow Freight</span></a></div>
        <div itemprop="jobLocation" itemscope itemtype="http://schema.org/Place"><span
        itemprop="address"
        itemscope><span itemprop="addressLocality">Leith</span>, <span
        itemprop="addressCountry">UK</span>
        </span></div>
        <div itemprop="description"><article class="card"><h4>About</h4><p>{ABOUT}</p></article>
        <article class="card"><h4>What you will do</h4>{items(DUTIES)}</article></div>
        <div itemprop="qualifications"><h4>What you bring</h4>{items(NEEDS)}</div></div>
        <section><h2>Weitere Jobs</h2><a href="/1">Koch in Oslo</a> <a href="/2">Bote in
        Turku</a></section>
        </body></html>""",
        noise=("privacy", "My list", "Koch", "partners"),
    )


def university() -> Page:
    """A page laid out with tables: menu on the left, facts in rows, no headings of the web kind."""
    duties = "".join(f"<p>&#8226; {text}</p>" for text in DUTIES)
    needs = "".join(f"<p>&#8226; {text}</p>" for text in NEEDS)
    return Page(
        f"""<HTML><HEAD><TITLE>Vacancy 8112: Backend Engineer</TITLE></HEAD><BODY BGCOLOR=white>
        <TABLE WIDTH=100%><TR><TD COLSPAN=2><A HREF=/>Home</A> | <A HREF=/s>Study</A> | <A
        HREF=/r>Research</A> | <A HREF=/v>Vacancies</A></TD></TR><TR><TD WIDTH=150><UL><LI><A
        HREF=/1>Staff directory</A><LI><A HREF=/2>Campus map</A><LI><A HREF=/3>Library
        hours</A></UL></TD><TD>
        <H1>Backend Engineer</H1><TABLE><TR><TD><B>Location</B></TD><TD>Leith, UK</TD></TR>
        <TR><TD><B>Company</B></TD><TD>Harrow
        Freight</TD></TR><TR><TD><B>Grade</B></TD><TD>7</TD></TR></TABLE>
        <P>{ABOUT}<P><B><U>What you will do</U></B>{duties}<P><B>What you bring</B>{needs}</TD></TR>
        <TR><TD COLSPAN=2><FONT SIZE=1><A HREF=/p>Privacy</A> <A HREF=/d>Disclaimer</A> <A
        HREF=/c>Contact us</A></FONT></TD></TR></TABLE></BODY></HTML>""",
        noise=("Study", "Campus", "Library", "Disclaimer"),
    )


def weblog() -> Page:
    """A WordPress page: cookie banner, menu, sidebar, share buttons, comments, similar jobs."""
    menu = "".join(f'<li><a href="/{n}">Menu entry {n}</a></li>' for n in range(6))
    return Page(
        f"""<!doctype html><html><head><title>Backend Engineer &#8211; Harrow Freight</title>
        <meta property="og:site_name" content="Harrow Freight"></head>
        <body class="page-template has-sidebar cookies-not-set"><div id="page" class="site">
        <header id="masthead" class="site-header"><p class="site-title"><a href="/">Harrow
        Freight</a></p>
        <nav><ul>{menu}</ul></nav></header><div class="breadcrumbs"><a href="/">Home</a> &raquo; <a
        href="/jobs">Jobs</a> &raquo; <span>Backend Engineer</span></div>
        <div id="content" class="site-content"><div id="primary" class="content-area"><div
        id="mainpart">
        <article id="post-88" class="post-88 page hentry"><header class="entry-header"><h1
        class="entry-title">Backend Engineer</h1><p class="meta">Location: Leith, UK</p></header>
        <div class="entry-content"><p>{ABOUT}</p><h3>What you will do</h3>{items(DUTIES)}
        <h3>What you bring</h3>{items(NEEDS)}
        <div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="/t">Click to share on
        Chirp</a></li></ul>
        </div><h3>Related positions</h3><ul><li><a href="/k">Quay Porter</a></li><li><a
        href="/l">Ferry Cook</a></li></ul></div></article>
        <div id="comments" class="comments-area"><h2>2 thoughts on this</h2><ol><li><p>Is this
        still open?
        I would love to know.</p></li></ol><div id="respond"><h3>Leave a Reply</h3><form><p>Your
        email
        address will not be published.</p><textarea></textarea></form></div></div></div></div>
        <aside id="secondary" class="widget-area"><section class="widget"><h2>Recent
        Posts</h2><ul><li><a
        href="/b">Our summer outing</a></li></ul></section><section
        class="widget"><h2>Newsletter</h2>
        <p>Subscribe to hear about ferries.</p></section></aside></div>
        <footer id="colophon" class="site-footer"><p>&copy; 2025 Harrow Freight Ltd, registered in
        Scotland.</p><a href="/imprint">Imprint</a></footer></div>
        <div id="cookie-law-info-bar"><span>This website uses cookies to improve your experience.
        <a>Accept</a></span></div></body></html>""",
        noise=(
            "Menu entry",
            "Home",
            "Chirp",
            "Quay Porter",
            "Ferry Cook",
            "still open",
            "summer outing",
            "Subscribe",
            "registered in",
            "Imprint",
            "improve your experience",
            "not be published",
        ),
    )


PAGES = {
    page.__name__: page
    for page in (greenhouse, lever, workday, network, board, marked_up, university, weblog)
}
