"""Addresses that lead nowhere, or not safely, in links and as texts spell them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from moip_press.kit.model.records import Contact
from moip_press.proofread.links.targets import Target
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.text import telephone

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "L202 not-encrypted",
        N_("A link leads to “http:”, not to “https:”."),
        N_("Browsers warn of such pages, and some networks do not open them."),
        "link: {~~http~>https~~}://www.example.org/programme",
        fixable=True,
    ),
    Rule.warning(
        "L203 slip-in-an-address",
        N_("The address of a link cannot be right."),
        N_("A comma, a blank or a second “https://” comes along when an address is copied."),
        "link: https://www.example.org/programme{--,--}",
        fixable=True,
    ),
    Rule.warning(
        "L204 no-e-mail-address",
        N_("No e-mail can arrive at this address."),
        N_("A journalist who gets no answer does not write twice."),
        "email: presse@example.{~~con~>com~~}",
        N_("RFC 5321, the form of e-mail addresses"),
        fixable=True,
    ),
    Rule.warning(
        "L205 no-telephone-number",
        N_("There is no such telephone number in this country."),
        N_("A digit too few, and the press desk cannot be called. “country:” names the country."),
        "telephone: 06 08 72 50 {~~2~>29~~}",
        N_("ITU-T E.164 and the numbering plan of each country"),
    ),
    Rule.warning(
        "L106 broken-address",
        N_("An address in a text has a slip in it: wwww., http//, a comma for a dot."),
        N_("Readers type or copy it as it is printed, and arrive nowhere."),
        "- title: Visite\n  when: 16 novembre\n"
        "  text: Inscription sur {~~www.example,org~>www.example.org~~}.",
        fixable=True,
    ),
)

# What nobody needs a library for; it is slow to load.
PLAIN = re.compile(
    r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,12}"
)
# Ends that no address has, and what was meant.
MISTYPED = {
    "con": "com",
    "cmo": "com",
    "comm": "com",
    "ogr": "org",
    "rog": "org",
    "rf": "fr",
    "ft": "fr",
    "frr": "fr",
}


def mail_can_exist(address: str) -> bool:
    """Return whether an address has the form of one (RFC 5321); its domain is not looked up."""
    if PLAIN.fullmatch(address):
        return address.rpartition(".")[2] not in MISTYPED
    if "/" in address:
        return False
    import email_validator  # noqa: PLC0415 -- slow, and most checks need none of it

    try:
        email_validator.validate_email(address, check_deliverability=False, test_environment=True)
    except email_validator.EmailNotValidError:
        return False
    return address.rpartition(".")[2].lower() not in MISTYPED


def meant_mail(address: str) -> str | None:
    """Return what was probably meant by an address that cannot exist."""
    head, dot, end = address.strip().lstrip("/").rstrip(".,;:").rpartition(".")
    corrected = f"{head}{dot}{MISTYPED.get(end.lower(), end)}"
    return corrected if corrected != address and mail_can_exist(corrected) else None


MOST = 20  # links that a fix is offered for
LONGEST = 1000  # characters of an address that are looked at for slips, from its end
LOCAL = re.compile(r"localhost$|\d{1,3}(?:\.\d{1,3}){3}$|^\[|:")
# What is wrong in an address, and the characters that can be taken away.
TWO_SCHEMES = re.compile(r"https?://(?=https?:?//)", re.IGNORECASE)
BLANK = re.compile(r"(?:\s|%20)+$|[\u200b\ufeff\u00ad]")
ENDS = re.compile(r"(?:[,;:…»”\"]|\.{2,}|(?<![./]\w)\.)+$")
INITIALS = re.compile(r"(?:^|/)(?:\w\.)+$")
HOST = re.compile(r"(?!-)[^\W_](?:[\w-]{0,61}[^\W_])?(?:\.(?!-)[^\W_](?:[\w-]{0,61}[^\W_])?)+\.?$")
WWW_ALONE = re.compile(r"w{2,4}\.[^.]+$|(?:ww|wwww)\.")


def addresses_can_be_followed(links: Iterable[Target]) -> Iterator[Diagnostic]:
    """The address of a link has no slip of the finger in it."""
    for target in links:
        if target.parts.scheme in ("http", "https"):
            yield from _slip(target)


def _slip(target: Target) -> Iterator[Diagnostic]:
    """Yield the first thing that is wrong with an address, with what to take away."""
    for form in (TWO_SCHEMES, BLANK, ENDS):
        found = form.search(target.url[-LONGEST:])
        if found and not (form is ENDS and INITIALS.search(target.url)):
            start, end = (place + max(0, len(target.url) - LONGEST) for place in found.span())
            message = N_("“{text}” cannot be right in the address of a link.")
            yield finding(
                "L203",
                target.span(start, end),
                message,
                N_("Correct the address: open it in a browser, and copy it from there."),
                text=found[0].replace(" ", "␣"),
                fix=[target.edit(start, end, "")],
                safe=False,
            )
            return
    unbalanced = target.url.endswith(")") and target.url.count(")") > target.url.count("(")
    if unbalanced or not _sound_host(target):
        yield finding(
            "L203",
            target.span(),
            N_("“{text}” is not an address that a browser can open."),
            N_("Correct the address: open it in a browser, and copy it from there."),
            text=target.url,
        )


def _sound_host(target: Target) -> bool:
    try:
        host = target.parts.hostname or ""
    except ValueError:
        return False
    if LOCAL.search(host):
        return True
    return bool(HOST.match(host)) and not WWW_ALONE.match(host) and "\\" not in target.url


def links_are_safe(links: Iterable[Target]) -> Iterator[Diagnostic]:
    """Links lead to https: one finding a site, since it either answers there or does not."""
    by_host: dict[str, list[Target]] = {}
    for target in links:
        if target.parts.scheme == "http" and _sound_host(target) and not LOCAL.search(target.host):
            by_host.setdefault(target.host, []).append(target)
    for host, found in by_host.items():
        scheme = len("http")
        yield finding(
            "L202",
            [each.span(0, scheme) for each in found],
            N_("The links to {host} are not encrypted: “http:”."),
            N_("Write “https:”, after a look whether the site answers there."),
            host=host,
            fix=[each.edit(0, scheme, "https") for each in found[:MOST]],
            safe=False,
        )


def e_mail_can_arrive(proof: Proof, links: Iterable[Target]) -> Iterator[Diagnostic]:
    """E-mail addresses have the form of one."""
    for passage in proof.passages:
        if isinstance(passage.record, Contact) and passage.field == "email":
            yield from _e_mail_of_contact(passage)
    for target in links:
        if target.parts.scheme == "mailto":
            yield from _mailto(target)


def _e_mail_of_contact(passage: Passage) -> Iterator[Diagnostic]:
    if not mail_can_exist(passage.text):
        corrected = meant_mail(passage.text)
        edit = passage.edit(0, len(passage.text), corrected) if corrected else None
        yield finding(
            "L204",
            passage.span(),
            N_("No e-mail arrives at “{text}”."),
            _meant(corrected),
            text=passage.text,
            fix=[edit] if edit else None,
            safe=False,
        )


def _mailto(target: Target) -> Iterator[Diagnostic]:
    prefix = len("mailto:") if target.url.lower().startswith("mailto:") else 0
    listed = target.url[prefix:].partition("?")[0]
    at = prefix
    for address in listed.split(","):
        if not mail_can_exist(address.replace("%20", "")) or "%20" in address:
            corrected = meant_mail(address)
            end = at + len(address)
            yield finding(
                "L204",
                target.span(at, end),
                N_("No e-mail arrives at “{text}”."),
                _meant(corrected),
                text=address,
                fix=[target.edit(at, end, corrected)] if corrected else None,
                safe=False,
            )
        at += len(address) + 1


def no_mail(address: str, span: Span) -> Diagnostic:
    """Return that no e-mail arrives at an address."""
    return finding(
        "L204",
        span,
        N_("No e-mail arrives at “{text}”."),
        _meant(meant_mail(address)),
        text=address,
    )


def _meant(corrected: str | None) -> Message:
    if corrected:
        return Message.of(N_("Did you mean “{suggestion}”?"), suggestion=corrected)
    return Message(N_("Write one address as it is, such as press@example.org."))


def telephones_can_ring(proof: Proof, links: Iterable[Target]) -> Iterator[Diagnostic]:
    """Telephone numbers exist in the plan of their country."""
    country = proof.kit.edition.country or telephone.COUNTRIES[proof.language]
    for passage in proof.passages:
        called = isinstance(passage.record, Contact) and passage.field == "telephone"
        if called and not telephone.exists(passage.text, country):
            yield silent(passage.text, country, passage.span())
    for target in links:
        if target.parts.scheme == "tel":
            number = target.url.partition(":")[2].partition(";")[0]
            if not telephone.exists(number.replace("%20", " "), country):
                yield silent(number, country, target.span())


def silent(number: str, country: str, span: Span) -> Diagnostic:
    """Return that nobody answers at a number."""
    return finding(
        "L205",
        span,
        N_("“{number}” is not a number that can be called ({country})."),
        N_("Check its digits; a number abroad begins with “+” and its country's prefix."),
        number=number,
        country=country,
    )


READ = (Role.PROSE, Role.LINE)
# An address is known by the dot behind its character: "Pl@ntNet" is a name.
MAIL = re.compile(r"@[\w.-]{0,250}\.[\w-]{1,63}(?![\w@/])")
BEFORE_AT = re.compile(r"[\w.+-]{1,64}$")
# French numbers go by pairs, and a word tells that they are to be called.
PAIRS = re.compile(r"0\d(?<![\d.,/+-]0\d)(?:[ .\u00a0\u202f-]?\d\d){2,5}(?![\d%€]|[.,/-]\d)")
CALLED = re.compile(
    r"(?:\b(?:t[ée]l(?:[ée]phon\w+)?|appele[rz]|appel|joign\w+|joindre|portable|mobile|standard|fax)"
    r"\b)[^\d.!?;]{0,30}(?:\.\s?:?\s?)?$",
    re.IGNORECASE,
)


SITE_ENDS = r"(?:fr|com|org|net|eu|bzh|paris)(?![\w-])"
SLIPS = (
    re.compile(r"(?<![\w.])(?P<slip>(?:w{4,}|ww)\.|www[,; ] ?)(?=[\w-]+[.,][a-z]{2})"),
    re.compile(r"(?<!\w)(?P<slip>h[tps]{2,6}[:;]? ?/{1,3}|ttps?://)(?=[\w-]+\.\w)"),
    re.compile(
        r"(?:www\.[\w-]{1,63}|(?<![\w.+-])[\w.+-]{1,64} ?@ ?[\w-]{1,63})"
        rf"(?P<slip>,| \.|\. )(?={SITE_ENDS})"
    ),
    re.compile(rf"(?<![\w.+-])[\w.+-]{{2,64}}(?P<slip> @ ?|@ )(?=[\w-]+\.{SITE_ENDS})"),
)
"""What is wrong in an address: its www., its http://, the dot before its end, its @."""
SIGNS = re.compile(r"ww[w.]|://?|/\w|@|\.(?:fr|com|org|net|eu)\b")


def broken_addresses(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the slips in addresses that texts spell out."""
    for passage in proof.read(*READ, Role.TITLE, Role.ADDRESS):
        for found in _slips(passage):
            slip = found["slip"]
            right = _right(slip)
            if slip != right and not passage.stretch_at(found.start("slip"), "code"):
                yield finding(
                    "L106",
                    passage.span(*found.span()),
                    N_("“{text}” cannot be right in an address."),
                    N_("Write “{right}”."),
                    text=found[0],
                    right=right,
                    fix=[passage.edit(*found.span("slip"), right)],
                    safe=False,
                )


def _slips(passage: Passage) -> Iterator[re.Match[str]]:
    for pattern in SLIPS if SIGNS.search(passage.text) else ():
        for found in pattern.finditer(passage.text):
            if not passage.stretch_at(found.start("slip"), "link"):
                yield found


def _right(slip: str) -> str:
    if "@" in slip:
        return "@"
    if "/" in slip:
        return "https://" if "s" in slip else "http://"
    return "www." if "w" in slip else "."


def typed_in_texts(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the addresses and numbers in the texts that reach nobody, each once."""
    told = set[str]()
    country = proof.kit.edition.country or telephone.COUNTRIES[proof.language]
    for passage in proof.read(*READ):
        if "@" in passage.text:
            yield from _mails(passage, told)
        if country == "FR" and "0" in passage.text:
            yield from _numbers(passage, country, told)


def _mails(passage: Passage, told: set[str]) -> Iterator[Diagnostic]:
    for match in MAIL.finditer(passage.text):
        before = BEFORE_AT.search(passage.text, max(0, match.start() - 64), match.start())
        start = before.start() if before else match.start()
        linked = any(passage.stretch_at(start, kind) for kind in ("link", "code"))
        address = passage.text[start : match.end()]
        if before and not linked and address not in told and not mail_can_exist(address):
            told.add(address)
            yield no_mail(address, passage.span(start, match.end()))


def _numbers(passage: Passage, country: str, told: set[str]) -> Iterator[Diagnostic]:
    for match in PAIRS.finditer(passage.text):
        start, end = match.span()
        called = CALLED.search(passage.text, max(0, start - 50), start)
        linked = any(passage.stretch_at(start, kind) for kind in ("link", "code"))
        number = match[0]
        if not called or linked or number in told:
            continue
        if not telephone.exists(number, country):
            told.add(number)
            yield silent(number, country, passage.span(start, end))
