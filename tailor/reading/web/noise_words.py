"""By which words a page's menus, banners, forms and lists of other jobs are told."""

from __future__ import annotations

import re

# What pages call such parts: small words of classes and ids, joined by dashes.
_NAMES = """
    cookie cookies consent gdpr onetrust cookiebot usercentrics breadcrumb breadcrumbs
    newsletter newsletters subscribe subscription signup sign-up signin sign-in login log-in
    register registration similar recommended recommendation recommendations also-viewed
    other-jobs more-jobs latest-jobs recent-posts recent-jobs recent-comments related job-alert
    job-alerts jobalert jobalerts comment comments comment-form respond pagination pager modal
    popup lightbox skip navbar nav navigation menu masthead site-header site-footer footer
    copyright social share sharing sharedaddy addtoany apply-form application-form feedback advert
    adverts advertisement ads adsbygoogle sponsored promo back-to-top back-to-search
    back-to-results sidebar widget teaser teasers people-also insight insights salary-estimate
    rating review reviews chat toast legal-links
"""
NOISE_NAMES = re.compile(rf"(?:^|-)(?:{'|'.join(_NAMES.split())})(?:-|$)")

# What headings say above parts that are no posting, each as a whole line.
_OTHER = "(?:similar|related|recommended|other|more|latest|further|recent|featured|current)"
_JOBS = (
    "(?:jobs?|positions?|openings?|opportunities|vacancies|roles|searches|posts|articles|"
    "job (?:openings|offers|ads))"
)
_OTHER_PARTS = (
    rf"(?:(?:view|see|browse|explore|show) )?(?:all |more )?{_OTHER} {_JOBS}\b.*",
    r"(?:jobs|roles|people) (?:you (?:may|might)|also).*",
    r"(?:you|people) (?:may|might|also) (?:also )?(?:like|viewed|interested|be interested).*",
    r"share (?:this|on|the|via)\b.*|share|spread the word|follow us.*",
    r"leave a (?:reply|comment).*|comments?",
    r"(?:sign|log) ?in\b.*|join (?:now )?to (?:see|apply).*",
    r"(?:get|set up|create) (?:an? )?(?:job )?alerts?\b.*|job alerts?",
    r"subscribe\b.*|newsletter",
    r"cookies?|(?:this|our) (?:web)?site uses cookies.*|we (?:use|value) (?:cookies|your privacy)",
    r"apply for this (?:job|position|role)|submit your application",
    r"ähnliche (?:jobs|stellen\w*)|weitere (?:jobs|stellen\w*)|(?:jetzt )?teilen",
    r"das könnte (?:sie|dich) auch interessieren.*|offres similaires",
)
OTHER_PARTS = re.compile(rf"^(?:{'|'.join(_OTHER_PARTS)})$", re.IGNORECASE)

# What links and lines on their own say that do something with the page.
_LISTS = "(?:jobs?|results|search|list|overview|openings|top|careers)"
_ACTIONS = (
    r"(?:easy )?apply(?: now| here| online| today| on company (?:web)?site)?",
    r"apply for this (?:job|role|position)|save(?: (?:this )?job)?|saved|share(?: (?:this )?job)?",
    r"print(?: (?:this )?(?:job|page))?|e-?mail (?:this|a friend|job)(?: job)?",
    r"report (?:this )?(?:job|posting|ad)",
    rf"(?:[«‹<←] ?)?back(?: to (?:\w+ ){{0,3}}{_LISTS})?",
    r"(?:sign|log) ?in|sign ?up|register|join now|(?:show|read|see) (?:more|less)",
    r"(?:view )?all jobs|skip to (?:main )?(?:content|navigation)|menu|search(?: jobs)?",
    r"close|dismiss|accept(?: all)?",
    r"(?:jetzt )?bewerben|zurück(?: zur (?:übersicht|suche))?|drucken|merken|teilen",
    r"facebook|twitter|x|linkedin|xing|whatsapp|copy link|tweet|pin it|reddit|e-?mail",
)
ACTION = re.compile(rf"^(?:{'|'.join(_ACTIONS)})\W*$", re.IGNORECASE)
