"""Make the templates: `python -m tailor.document.template --out data/`.

A template is an empty DOCX with the page's own styles, made from the figures of
`tailor.layout.typography`. It is made once and shipped; the same figures always give
the same bytes. The body size and the language stand in one place each, the
document's defaults, where the writer changes them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tailor.document.archive import pack
from tailor.document.properties import CORE, core_xml
from tailor.layout.typography import (
    A4,
    LETTER,
    LOOKS,
    TWIPS_PER_POINT,
    WITH_THE_BODY,
    Look,
    PageSetup,
    ParagraphStyle,
    Style,
    template_name,
)

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_BULLET = "\u2022"
_LIST_NUMBER = 1
# A free font of the same widths, so that lines break alike where the font itself is absent; and
# the figures by which Word finds one that looks alike.
_FONTS = {
    "Calibri": ("Carlito", "020F0502020204030204"),
    "Arial": ("Liberation Sans", "020B0604020202020204"),
}
_HEADER_DISTANCE = 425  # twips; the headers are empty, but the format asks for a figure
_NAMES_OF_WORD = {Style.SECTION, Style.ENTRY, Style.BULLET, Style.BODY}
# What the Enter key begins, for those who edit by hand.
_NEXT = {
    Style.NAME: Style.HEADLINE,
    Style.HEADLINE: Style.CONTACT,
    Style.SECTION: Style.BODY,
    Style.ENTRY: Style.ORGANISATION,
    Style.ORGANISATION: Style.BULLET,
}


def build_template(setup: PageSetup, look: Look, language: str) -> bytes:
    """Return the DOCX template of a look for a paper; `language` is a tag such as ``en-GB``."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", CORE),
        ),
        "word/document.xml": _document(setup),
        "word/_rels/document.xml.rels": _relationships(
            (f"{_OFFICE}/styles", "styles.xml"),
            (f"{_OFFICE}/numbering", "numbering.xml"),
            (f"{_OFFICE}/settings", "settings.xml"),
            (f"{_OFFICE}/fontTable", "fontTable.xml"),
            (f"{_OFFICE}/theme", "theme.xml"),
        ),
        "word/styles.xml": _styles(setup, look, language),
        "word/numbering.xml": _numbering(look),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(look),
        "word/theme.xml": _theme(look),
    }
    packed = {name: (_XML + content).encode() for name, content in parts.items()}
    return pack({**packed, CORE: core_xml(title="", author="", language=language)})


def _content_types() -> str:
    types = {
        "word/document.xml": f"{_WORD_TYPE}.document.main+xml",
        "word/styles.xml": f"{_WORD_TYPE}.styles+xml",
        "word/numbering.xml": f"{_WORD_TYPE}.numbering+xml",
        "word/settings.xml": f"{_WORD_TYPE}.settings+xml",
        "word/fontTable.xml": f"{_WORD_TYPE}.fontTable+xml",
        "word/theme.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    """The relationships of a part: their kinds and what they lead to."""
    elements = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{elements}</Relationships>'


def _document(setup: PageSetup) -> str:
    # Some readers stop at a root without xmlns:r, even where nothing uses it.
    return (
        f'<w:document {_W} xmlns:r="{_OFFICE}"><w:body><w:sectPr>'
        f'<w:pgSz w:w="{setup.width}" w:h="{setup.height}"/>'
        f'<w:pgMar w:top="{setup.top}" w:right="{setup.side}" w:bottom="{setup.bottom}"'
        f' w:left="{setup.side}" w:header="{_HEADER_DISTANCE}" w:footer="{_HEADER_DISTANCE}"'
        ' w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _styles(setup: PageSetup, look: Look, language: str) -> str:
    fonts = " ".join(f'w:{script}="{look.font}"' for script in ("ascii", "hAnsi", "cs"))
    own = "".join(_style(style, figures, setup, look) for style, figures in look.figures)
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        f'{_size(look.body_size)}<w:lang w:val="{language}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:line="240"'
        ' w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        "<w:semiHidden/></w:style>"
        f"{own}"
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        f'<w:rPr><w:color w:val="{look.accent}"/><w:u w:val="single"/></w:rPr></w:style></w:styles>'
    )


def _style(style: Style, figures: ParagraphStyle, setup: PageSetup, look: Look) -> str:
    custom = "" if style in _NAMES_OF_WORD else ' w:customStyle="1"'
    following = f'<w:next w:val="{_NEXT[style]}"/>' if style in _NEXT else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style}"><w:name w:val="{figures.name}"/>'
        f'<w:basedOn w:val="Normal"/>{following}<w:qFormat/>'
        f"<w:pPr>{_paragraph_properties(figures, setup)}</w:pPr>"
        f"<w:rPr>{_run_properties(style, figures, look)}</w:rPr></w:style>"
    )


def _paragraph_properties(figures: ParagraphStyle, setup: PageSetup) -> str:
    """The format wants this order of elements."""
    properties = []
    if figures.keep_next:
        properties.append("<w:keepNext/>")
    if figures.keep_lines:
        properties.append("<w:keepLines/>")
    if figures.is_list:
        properties.append(f'<w:numPr><w:numId w:val="{_LIST_NUMBER}"/></w:numPr>')
    if figures.rule_below:
        eighths = round(8 * figures.rule_below)
        properties.append(
            f'<w:pBdr><w:bottom w:val="single" w:sz="{eighths}" w:space="1"'
            f' w:color="{figures.color}"/></w:pBdr>'
        )
    if figures.right_tab:
        edge = setup.width - 2 * setup.side
        properties.append(f'<w:tabs><w:tab w:val="right" w:pos="{edge}"/></w:tabs>')
    if figures.before or figures.after:
        before, after = _twips(figures.before), _twips(figures.after)
        properties.append(f'<w:spacing w:before="{before}" w:after="{after}"/>')
    if figures.left or figures.hanging:
        properties.append(f'<w:ind w:left="{figures.left}" w:hanging="{figures.hanging}"/>')
    if figures.outline_level is not None:
        properties.append(f'<w:outlineLvl w:val="{figures.outline_level}"/>')
    return "".join(properties)


def _run_properties(style: Style, figures: ParagraphStyle, look: Look) -> str:
    bold = "<w:b/><w:bCs/>" if figures.bold else ""
    italic = "<w:i/><w:iCs/>" if figures.italic else ""
    color = f'<w:color w:val="{figures.color}"/>' if figures.color != "000000" else ""
    # What has the body's size inherits it, so that it can change in one place.
    follows = style in WITH_THE_BODY and figures.size == look.body_size
    size = "" if follows else _size(figures.size)
    return bold + italic + color + size


def _size(points: float) -> str:
    half_points = round(2 * points)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _twips(points: float) -> int:
    return round(points * TWIPS_PER_POINT)


def _numbering(look: Look) -> str:
    figures = dict(look.figures)[Style.BULLET]
    # The bullet is a real character of the body font: from a symbol font,
    # readers get a private-use character.
    return (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0">'
        '<w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
        f'<w:pStyle w:val="{Style.BULLET}"/><w:lvlText w:val="{_BULLET}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{figures.left}" w:hanging="{figures.hanging}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{look.font}" w:hAnsi="{look.font}" w:cs="{look.font}"/>'
        f'</w:rPr></w:lvl></w:abstractNum><w:num w:numId="{_LIST_NUMBER}">'
        '<w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _settings() -> str:
    return (
        f'<w:settings {_W}><w:autoHyphenation w:val="false"/><w:compat><w:compatSetting'
        ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat></w:settings>'
    )


def _font_table(look: Look) -> str:
    alternative, panose = _FONTS[look.font]
    return (
        f'<w:fonts {_W}><w:font w:name="{look.font}"><w:altName w:val="{alternative}"/>'
        f'<w:panose1 w:val="{panose}"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _theme(look: Look) -> str:
    """The least theme there can be: no style uses it, but some validators miss it."""
    colors = {"dk1": "000000", "lt1": "FFFFFF", "dk2": look.accent, "lt2": "FFFFFF"}
    colors |= {f"accent{number}": look.accent for number in range(1, 7)}
    colors |= {"hlink": look.accent, "folHlink": look.accent}
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{color}"/></a:{name}>' for name, color in colors.items()
    )
    font = f'<a:latin typeface="{look.font}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fills = 3 * '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    effects = 3 * "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="CV">'
        f'<a:themeElements><a:clrScheme name="CV">{scheme}</a:clrScheme><a:fontScheme name="CV">'
        f"<a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="CV"><a:fillStyleLst>{fills}</a:fillStyleLst>'
        f"<a:lnStyleLst>{3 * '<a:ln/>'}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effects}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fills}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def main() -> None:
    """Write the templates of all looks into the folder that ``--out`` names."""
    parser = argparse.ArgumentParser(description="Make the DOCX templates.")
    parser.add_argument("--out", type=Path, default=Path("data"), help="folder to write to")
    folder: Path = parser.parse_args().out
    for setup, language in ((A4, "en-GB"), (LETTER, "en-US")):
        for look in LOOKS.values():
            content = build_template(setup, look, language)
            (folder / template_name(look, setup)).write_bytes(content)


if __name__ == "__main__":
    main()
