"""How lines of one kind end: items of a list, titles of a section, paragraphs of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from moip_press.kit.model.records import Event, Image
from moip_press.kit.source import ScalarNode
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import finding
from moip_press.proofread.typography.galley import LEXIQUE, MASK, Galley, Spot
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "T221 list-ending",
        N_("One item of a list ends otherwise than the others."),
        N_("The marks at the ends of a list are what holds it together."),
        "text: |\n  - des ateliers ;\n  - des jeux{++ ;++}\n  - des visites ;\n  - des débats.",
        LEXIQUE,
        fixable=True,
    ),
    Rule.warning(
        "T222 title-with-stop",
        N_("A title ends with a full stop, and its neighbours do not."),
        N_("Titles that stand alone have no full stop; one that has looks like an accident."),
        "title: À la découverte de pratiques inspirantes{--.--}",
        fixable=True,
    ),
    Rule.warning(
        "T223 paragraph-without-stop",
        N_("A paragraph ends without a full stop, and the others of the file have one."),
        N_("Readers ask themselves whether the end of the sentence was lost."),
        "text: Une rencontre entre chercheurs, agents et usagers du service public{++.++}",
        fixable=True,
    ),
)


STOPS = (".", "!", "?", "…")
AFTER_STOPS = "'’»”\")] \u00a0\u202f"
NEUTRAL = re.compile(r"[!?…:»”\")\]]\s*$|\.\.\s*$")
ABBREVIATED = re.compile(r"(?:\b(?:etc|cf|min|max|vol|art|chap|[A-ZÀ-Þ]|[A-Z][a-zß-ÿ]{0,2}))\.$")
SENTENCES = re.compile(r"[.!?…]\s+\S")
SENTENCE_ENDS = re.compile(r"\S\s+[»”\")]?[.!?…]")  # from the end to the beginning
LINE_ENDS = ("\\\n", "  \n")
LEAST_ALONE, LEAST_LAST = 8, 5  # words of a sentence that should have an end
ADDRESS = re.compile(r"\S[.@/]\S*$")
# How lines begin that say what it costs, for whom it is and who takes part.
PRACTICAL = re.compile(
    r"(?:tarifs?|plein tarif|entrée|gratuit\w*|payant|durée|dès|à partir|sur|réserv\w*|inscri\w*"
    r"|billet\w*|renseign\w*|infos?|information\w*|contacts?|accès|rendez-vous|rdv|places?|prix"
    r"|lieux?|horaires?|avec|et avec|de et avec|par|d['’]après|mise en|textes?|musique|paroles"
    r"|(?:co)?production|chorégraphie|lumières?|costumes|direction|en (?:partenariat|collaboration"
    r"|coréalisation|présence)|dans le cadre|organisée?|proposée?|animée?|présentée?|réalisée?"
    r"|public|tout public|pour (?:les|tous)|jauge|places limitées|buvette|restauration"
    r"|free|tickets?|booking|book|admission|with|by|doors|from|ages?|suitable|price|for)(?!\w)",
    re.IGNORECASE,
)
SAYS = re.compile(
    r"\b(?:est|sont|était|a|ont|sera|seront|fait|font|peut|peuvent|va|vont|vous|nous|on|ils?|elles?"
    r"|is|are|was|has|have|will|can|we|you|they|it|he|she)\b|(?:\b[csnj]['’]|[a-zé]ez\b)",
    re.IGNORECASE,
)
ENDS_IN_WORD = re.compile(r"[^\W\d_]{2}[)»”\"]?$")
ENDS_IN_WORDS = re.compile(r"\w\W{0,5}$")
LABEL = re.compile(r"^[^.!?]{1,40}\s?:\s|\s[|/•·]\s|\n")
_OPEN_WORDS = """
    le la les un une des du de à au aux et ou en dans pour par avec sans sur que qui dont ce
    cette ces son sa ses leur leurs notre nos votre vos the a an of and or in on for with to
    by
"""
OPEN_WORDS = frozenset(_OPEN_WORDS.split())
SIGNS = {";": " ;", ",": ",", ".": "."}
LIKE = Message(N_("The others end so."))


def lists(galley: Galley) -> Iterator[Diagnostic]:
    """Yield the item of each list that ends otherwise than the others (T221)."""
    items = [n for n, p in enumerate(galley.passages) if p.paragraph.kind == "item"]
    for _, numbers in groupby(items, key=lambda n: (galley.passages[n].loc, _list(galley, n))):
        found = [galley.passages[number] for number in numbers]
        if all(passage.paragraph.begins_item for passage in found):
            yield from _items(found, galley)
    for found in _alike(galley):
        yield from _items(found, galley, in_list=False)


def _list(galley: Galley, number: int) -> tuple[str, int]:
    passage = galley.passages[number]
    return passage.source.name, passage.paragraph.list


def _alike(galley: Galley) -> Iterator[list[Passage]]:
    """Yield the texts of one paragraph that stand as neighbours in the data, such as cards."""
    prose = [p for p in galley.passages if p.role is Role.PROSE and p.paragraph.kind == "paragraph"]
    single = [
        p for _, each in groupby(prose, key=lambda p: (p.source.name, p.loc)) for p in _one(each)
    ]
    cards = (p for p in single if len(p.loc) > 2 and p.loc[-1] == "text" and p.loc[-3] == "items")
    for _, found in groupby(cards, key=lambda p: (p.source.name, p.loc[:-2])):
        yield list(found)


def _one(passages: Iterator[Passage]) -> list[Passage]:
    found = list(passages)
    return found if len(found) == 1 else []


def _ending(passage: Passage) -> str | None:
    """Return the character at the end of a text; "" for none, None where it says nothing."""
    text = passage.text.rstrip()
    if (
        not ENDS_IN_WORDS.search(text)
        or NEUTRAL.search(text)
        or ABBREVIATED.search(text)
        or text.endswith((MASK, "\ufffc"))
    ):
        return None
    return text[-1] if text[-1] in SIGNS else ""


def _items(
    items: Sequence[Passage], galley: Galley, *, in_list: bool = True
) -> Iterator[Diagnostic]:
    told = [(passage, end) for passage in items if (end := _ending(passage)) is not None]
    if len(told) < 3 or (in_list and items[-1] is not told[-1][0]):
        return
    *others, (last, last_end) = told
    if not in_list:
        others, last_end = told, "."
    ends = [end for _, end in others]
    usual = max(dict.fromkeys(ends), key=ends.count)
    odd = [passage for passage, end in others if end != usual]
    if len(odd) == 1 and len(ends) > 2 and (usual or in_list):
        yield _odd(
            odd[0], usual, others[0][0] if others[0][0] is not odd[0] else others[1][0], galley
        )
    elif not odd and usual in (";", ",", ".") and last_end != ".":
        yield _odd(last, ".", others[0][0], galley)


def _odd(passage: Passage, usual: str, like: Passage, galley: Galley) -> Diagnostic:
    text = passage.text.rstrip()
    body = text.rstrip(" .,;\u00a0\u202f")
    sign = SIGNS.get(usual, "") if galley.french else usual
    start, end = (len(body), len(text)) if len(body) < len(text) else (len(body) - 1, len(body))
    right = sign if len(body) < len(text) else body[-1] + sign
    message = (
        Message.of(N_("This item does not end with “{sign}” like its list."), sign=usual)
        if usual
        else Message(N_("This item ends with a mark, and the others of its list with none."))
    )
    if usual == "." and (text.endswith(tuple(SIGNS)) or not like.text.rstrip().endswith(usual)):
        message = Message(N_("The last item of this list does not end with a full stop."))
    return finding(
        "T221",
        passage.span(start, end),
        message,
        N_("Let the items of a list end alike, and the last one with a full stop."),
        related=[Related(like.span(len(like.text.rstrip()) - 1, None), LIKE)],
        fix=[Spot(passage, start, end, right).edit],
    )


def titles(galley: Galley) -> Iterator[Diagnostic]:
    """Yield the titles of a section that end with a full stop, where most have none (T222)."""
    found = [p for p in galley.passages if p.role is Role.TITLE and p.field == "title"]
    groups = groupby(found, key=lambda p: (p.source.name, type(p.record), p.loc[:-2]))
    for _, group in groups:
        passages = list(group)
        stopped = [p for p in passages if _has_stop(p.text.rstrip())]
        if stopped and len(stopped) * 2 < len(passages) and len(passages) > 2:
            like = next(p for p in passages if p not in stopped)
            for passage in stopped:
                end = len(passage.text.rstrip())
                yield finding(
                    "T222",
                    passage.span(end - 1, end),
                    N_("This title ends with a full stop, unlike its neighbours."),
                    N_("Take the full stop away."),
                    related=[Related(like.span(), Message(N_("This one has none.")))],
                    fix=[Spot(passage, end - 1, end, "").edit],
                )


def _has_stop(text: str) -> bool:
    return (
        text.endswith(".")
        and not text.endswith("..")
        and not ABBREVIATED.search(text)
        and not SENTENCES.search(text)
    )


def paragraphs(galley: Galley) -> Iterator[Diagnostic]:
    """Yield the paragraphs without an end, where nearly all of their kind have one (T223)."""
    prose = [
        (p, galley.passages[n + 1] if n + 1 < len(galley.passages) else None)
        for n, p in enumerate(galley.passages)
        if p.role is Role.PROSE
        and p.paragraph.kind == "paragraph"
        and not isinstance(p.record, Image)
    ]
    for _, group in groupby(prose, key=lambda pair: pair[0].source.name):
        pairs = list(group)
        bare = [p for p, following in pairs if _lacks_stop(p, following)]
        stopped = [p for p, _ in pairs if p.text.rstrip(AFTER_STOPS).endswith(STOPS)]
        if len(stopped) < 3 or len(bare) * 4 > len(stopped):
            continue
        for passage in bare:
            end = len(passage.text.rstrip())
            word = Spot(passage, end - 1, end)
            yield finding(
                "T223",
                word.span,
                N_("This paragraph ends without a full stop, unlike the others."),
                N_("Close the sentence, or see whether its end is missing."),
                fix=[passage.edit(end - 1, end, passage.text[end - 1 : end] + ".")],
                safe=not _breaks_off(passage.text),
            )


def _lacks_stop(passage: Passage, following: Passage | None) -> bool:
    text = passage.text.rstrip()
    last = next((m.start() + 1 for m in SENTENCE_ENDS.finditer(text[::-1])), None)
    alone = last is None
    sentence = text if last is None else text[len(text) - last :]
    goes_on = following is not None and following.loc == passage.loc
    listed = goes_on and following is not None and following.paragraph.kind != "paragraph"
    links = [s for s in passage.stretches if s.kind in ("link", "code", "page")]
    ended = any(s.end >= len(text) - 1 for s in links) or ADDRESS.search(text) is not None
    strong = any(s.kind in ("strong", "em") and s.start == 0 for s in passage.stretches)
    # what stands by itself below a text says who takes part, or what it costs
    beside = alone and (passage.number > 0 or goes_on) and not SAYS.search(sentence)
    return (
        ENDS_IN_WORD.search(text) is not None
        and len(sentence.split()) >= (LEAST_ALONE if alone else LEAST_LAST)
        and SENTENCE_LIKE.search(sentence) is not None
        and not (listed or ended or strong or beside or LABEL.search(text) or _credits(text))
        and not (PRACTICAL.match(sentence) or _has_lines(passage))
        and (isinstance(passage.record, Event) or not alone)
    )


def _has_lines(passage: Passage) -> bool:
    """Return whether a paragraph is typed as lines, as credits and menus are."""
    node = passage.source.node(passage.loc)
    places = passage.paragraph.places
    return isinstance(node, ScalarNode) and any(
        line_end in node.value[places[0] : passage.paragraph.ends[-1]] for line_end in LINE_ENDS
    )


# “Conférence par Anne Martin”, and names each with what they play in brackets
CREDIT = re.compile(
    r"[A-ZÀ-ÞŒ][\w’'-]+(?: [\w’'-]+){0,2} (?:par|by) (?:M\. |Mme )?[A-ZÀ-ÞŒ][\w.’'-]+ [A-ZÀ-ÞŒ]"
)
BRACKETED = re.compile(r"\([^()]*\)")
SENTENCE_LIKE = re.compile(r"^[«“\"]?\s?[A-ZÀ-ÞŒ]")


def _credits(text: str) -> bool:
    """Return whether a paragraph says who takes part: names, and no sentence."""
    words = BRACKETED.sub("", text).replace("’", "' ").replace("'", "' ").split()
    small = [word for word in words if word[:1].islower()]
    only_names = all(word in OPEN_WORDS or word in ("d'", "l'") for word in small)
    return (only_names and not SENTENCES.search(text)) or CREDIT.match(text) is not None


def _breaks_off(text: str) -> bool:
    return text.rsplit(maxsplit=1)[-1].strip('«»“”"()').lower() in OPEN_WORDS
