"""The grammar of French texts, as Grammalecte reads it: what it says, and what of that counts.

What rules of ours judge better (spelling, typography, spaces) is left out, and so is what it says
of names, of other languages, and across quotation marks.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.proofread.words import kit_words
from moip_press.proofread.words.kit_words import CHECKED, Line, Text
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.system.grammalecte import NotRead, Remark, Trouble
from moip_press.system.limits import GRAMMAR as LIMITS
from moip_press.system.limits import MEGABYTE

SOURCE = "Grammalecte, https://grammalecte.net"
SAYS_IT = N_(
    "Journalists notice mistakes of grammar at once. Grammalecte finds them: a program of its own,"
    " which “moip-press check --grammar” runs where it is installed, and which reads French only."
    " Names of the glossary, quotations in other languages and what other rules report are left"
    " out."
)
EVENT = "- title: Portes ouvertes\n  when: 16 novembre\n  text: "
RULES: tuple[Rule, ...] = (
    Rule.warning(
        "G100 grammar-not-read",
        N_("The kit wants its grammar read, and that was not possible."),
        N_(
            "Grammalecte is a program of its own: it is to be installed, reads French only, and has"
            " two minutes. Without it, every other rule is still applied."
        ),
        "# kit.yaml\nlanguage: en\ngrammar: {~~yes~>no~~}",
    ),
    Rule.warning(
        "G101 agreement",
        N_("A word does not agree with its noun, its subject or its determiner."),
        SAYS_IT,
        EVENT + "{~~Le~>La~~} gendarmerie ouvre ses portes.",
        SOURCE,
    ),
    Rule.warning(
        "G102 confused-words",
        N_("A word is taken for another that sounds like it."),
        SAYS_IT,
        EVENT + "Les visiteurs {~~on~>ont~~} rencontré les équipes.",
        SOURCE,
    ),
    Rule.warning(
        "G103 form-of-the-verb",
        N_("A verb has another form than its sentence asks for."),
        SAYS_IT,
        EVENT + "Les équipes {~~présente~>présentent~~} leurs travaux.",
        SOURCE,
    ),
    Rule.warning(
        "G104 capitals-of-words",
        N_("A capital is missing, or one is too many."),
        SAYS_IT,
        EVENT + "Les {~~français~>Français~~} sont invités à visiter les ateliers.",
        SOURCE,
    ),
    Rule.warning(
        "G105 elisions-and-hyphens",
        N_("An elision or a hyphen is missing, or one is too many."),
        SAYS_IT,
        EVENT + "{~~Ce~>Cet~~} atelier est gratuit.",
        SOURCE,
    ),
    Rule.warning(
        "G106 turn-of-phrase",
        N_("A turn of phrase is not good French: a pleonasm, a familiar one, a missing comma."),
        SAYS_IT,
        EVENT + "La visite est {~~reportée à plus tard~>reportée~~}.",
        SOURCE,
    ),
)
KINDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("gn", "ppas"), "G101"),
        **dict.fromkeys(("conf", "loc"), "G102"),
        **dict.fromkeys(("conj", "infi", "imp", "inte", "vmode"), "G103"),
        **dict.fromkeys(("maj", "minis"), "G104"),
        **dict.fromkeys(("tu", "eleu"), "G105"),
        **dict.fromkeys(("pleo", "bs", "virg"), "G106"),
    }
)
"""The codes of what Grammalecte calls so; its other kinds are spelling, typography and dates."""
FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "G101": N_("“{words}” does not agree"),
        "G102": N_("“{words}” is confused with another word"),
        "G103": N_("“{words}” has not the form that the verb has here"),
        "G104": N_("“{words}” has a capital too many or too few"),
        "G105": N_("“{words}” has an elision or a hyphen too many or too few"),
        "G106": N_("“{words}” is not good French"),
    }
)
GRAMMAR = tuple(FAULTS)
"""The codes of what Grammalecte finds."""
TROUBLES: Mapping[Trouble, tuple[str, str]] = MappingProxyType(
    {
        Trouble.MISSING: (
            N_("The grammar was not read: Grammalecte is not installed."),
            N_(
                "Install it: “sudo apt install grammalecte-cli” on Debian and Ubuntu; elsewhere"
                " from grammalecte.net, so that “grammalecte-cli.py” is found in your PATH."
            ),
        ),
        Trouble.SLOW: (
            N_("The grammar was not read: Grammalecte takes more than {seconds} seconds."),
            N_("Check it again, or read the texts in parts."),
        ),
        Trouble.LARGE: (
            N_("The grammar was not read: Grammalecte writes more than {megabytes} MB."),
            N_("Look whether the kit holds texts that are not prose."),
        ),
        Trouble.BROKEN: (
            N_("The grammar was not read: Grammalecte has failed."),
            N_("Install it anew, version 1 or 2: its answer is not one that it should give."),
        ),
    }
)

DROPPED = re.compile(
    r"majuscule_après_point|maj_accents"  # rules of ours judge these
    r"|gn_start_prn"  # in lists of a cast, what follows a name is no adjective of it
)
SHORT = 3  # letters: a shorter word is told by the one after it, a longer one by that before it
NEAR = 12  # words on each side that tell whether a phrase is in another language
APART = 40  # characters: two remarks of one rule that are nearer have one cause
PARTNER = re.compile(r"[«“]\s*([^»”]+?)\s*[»”]")
NO_PARTICIPLE = "pas un participe"
PLURAL = re.compile(r"[sx]$")
NEXT, BEFORE = re.compile(r"\s*[\w’'-]+"), re.compile(r"[\w-]+[\s’']+$")


def read(proof: Proof) -> Iterator[Diagnostic]:
    """Yield what Grammalecte says of the texts; where it cannot read them, why."""
    if proof.grammar is None:
        return
    if proof.language != "fr":
        yield _other_language(proof)
        return
    passages = [each for each in proof.read(*CHECKED) if kit_words.in_its_language(each, proof)]
    plain = [_Plain.of(each.text) for each in passages]
    try:
        answer = proof.grammar.read([each.text for each in plain])
    except NotRead as error:
        yield _not_read(proof, *TROUBLES[error.trouble])
        return
    if not any(answer):
        return
    text = kit_words.text(proof)
    lines = {id(line.passage): line for line in text.lines}
    names = _names(proof)
    for passage, typed, remarks in zip(passages, plain, answer, strict=True):
        judge = _Judge(passage, lines[id(passage)], text, names)
        yield from judge.findings(map(typed.placed, remarks))


def _not_read(proof: Proof, sentence: str, hint: str) -> Diagnostic:
    named = "grammar" in proof.kit.edition.model_fields_set
    source = proof.kit.source
    place = source.span(("grammar",)) if named else Span.of_file(source.name)
    seconds, megabytes = LIMITS.held.seconds, LIMITS.bytes // MEGABYTE
    return finding("G100", place, sentence, hint, seconds=seconds, megabytes=megabytes)


def _other_language(proof: Proof) -> Diagnostic:
    return _not_read(
        proof,
        N_("The grammar was not read: Grammalecte reads French only."),
        N_("For kits in other languages leave “grammar” out."),
    )


def _names(proof: Proof) -> re.Pattern[str] | None:
    """Return what finds the names and words of the glossary, ``None`` where it has none."""
    terms = (name for term in proof.glossary.terms for name in (term.preferred, *term.accepted))
    stated = sorted({*proof.glossary.words, *terms} - {""}, key=len, reverse=True)
    found = "|".join(re.escape(name) for name in stated)
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE) if stated else None


@dataclass(frozen=True)
class _Plain:
    """A text as the program is given it: its letters composed, without soft hyphens."""

    text: str
    places: tuple[int, ...] | None = None
    """Where each of its characters begins in the text as typed; ``None``: where it is."""

    @classmethod
    def of(cls, typed: str) -> _Plain:
        if "\u00ad" not in typed and unicodedata.is_normalized("NFC", typed):
            return cls(typed)
        pieces: list[str] = []
        places: list[int] = []
        for cluster in re.finditer(r"[^\u00ad][\u0300-\u036f]*", typed):
            piece = unicodedata.normalize("NFC", cluster[0])
            pieces.append(piece)
            places += [cluster.start()] * len(piece)
        return cls("".join(pieces), (*places, len(typed)))

    def placed(self, remark: Remark) -> Remark:
        """Return a remark with its place in the text as typed."""
        if self.places is None:
            return remark
        return replace(remark, start=self.places[remark.start], end=self.places[remark.end])


@dataclass(frozen=True)
class _Judge:
    """Decides which remarks on a passage are findings."""

    passage: Passage
    line: Line
    text: Text
    names: re.Pattern[str] | None

    def findings(self, remarks: Iterable[Remark]) -> Iterator[Diagnostic]:
        """Yield the findings, one for each cause."""
        told: list[Remark] = []
        for remark in sorted(remarks, key=lambda each: (each.rule, each.start)):
            if remark.kind in KINDS and self.counts(remark):
                if not any(_one_cause(remark, other) for other in told):
                    yield self.finding(remark)
                told.append(remark)

    def finding(self, remark: Remark) -> Diagnostic:
        code, (first, last) = _code(remark), self._shown(remark)
        said = self.passage.text
        fault = Message.of(FAULTS[code], words=said[first:last])
        message = Message.of(N_("{fault}."), fault=fault)
        fix = None
        if remark.meant:
            meant = said[first : remark.start] + remark.meant[0] + said[remark.end : last]
            message = Message.of(N_("{fault}: “{meant}”?"), fault=fault, meant=meant)
            fix = [self.passage.edit(remark.start, remark.end, remark.meant[0])]
        return finding(
            code,
            self.passage.span(remark.start, remark.end),
            message,
            N_("Grammalecte says: “{says}” If it is right as it is, a waiver says so."),
            says=remark.says,
            fix=fix,
            safe=False,
        )

    def _shown(self, remark: Remark) -> tuple[int, int]:
        """Return the words that are quoted: those meant, and one beside them."""
        said, start, end = self.passage.text, remark.start, remark.end
        beside = NEXT.match(said, end)
        if len(self._words(remark).strip()) <= SHORT and beside:
            return start, beside.end()
        before = BEFORE.search(said[:start])
        return (before.start() if before else start), end

    def counts(self, remark: Remark) -> bool:
        """Return whether a remark is one that a press officer wants to read."""
        return not (
            DROPPED.search(remark.rule)
            or self._of_typography(remark)
            or self._of_names(remark)
            or self._across_quotation(remark)
            or self._foreign(remark)
            or any(self.passage.stretch_at(remark.start, kind) for kind in ("code", "page"))
        )

    def _words(self, remark: Remark) -> str:
        return self.passage.text[remark.start : remark.end]

    def _of_typography(self, remark: Remark) -> bool:
        """Return whether a remark is about signs, or a name of a language taken for a person."""
        words = self._words(remark)
        if remark.kind == "virg":
            return "etc" not in words
        if "gentilé" in remark.rule:
            return not PLURAL.search(words)
        # what stands behind a measure or an age agrees with something else: 4 cm relié
        return "chiffres" in remark.rule and any(each[:1].isdigit() for each in self.said(remark))

    def said(self, remark: Remark) -> list[str]:
        """Return the words that a remark quotes."""
        return PARTNER.findall(remark.says)

    def _of_names(self, remark: Remark) -> bool:
        """Return whether a remark is about a name: of the glossary, an acronym, or two capitals."""
        start, end, said = remark.start, remark.end, self.passage.text
        near = self.names.finditer(said) if self.names else ()
        if any(name.start() < end and start < name.end() for name in near):
            return True
        words = self._words(remark)
        if words.isupper() and len(words) > 1 and not said.isupper():
            return True
        others = [each for each in self.said(remark) if each != words]
        if self.names and any(self.names.fullmatch(each) for each in others):
            return True
        capitals = (words, *others) if remark.kind == "gn" and others else ()
        names = bool(capitals) and all(each[:1].isupper() for each in capitals)
        label = remark.kind == "gn" and "“" in remark.says and any(o[:1].isupper() for o in others)
        return start > 0 and (names or label)

    def _across_quotation(self, remark: Remark) -> bool:
        """Return whether a remark compares words on two sides of a quotation mark."""
        said, own = self.passage.text, self.passage.quotation_at(remark.start)
        for other in self.said(remark):
            first = said.rfind(other, 0, remark.start)
            after = said.find(other, remark.end)
            places = [at for at in (first, after) if at >= 0]
            nearest = min(places, key=lambda at: abs(at - remark.start), default=None)
            if nearest is not None and self.passage.quotation_at(nearest) != own:
                return True
        return self.passage.quotation_at(remark.end - 1) != own

    def _foreign(self, remark: Remark) -> bool:
        """Return whether the words round a remark are in another language."""
        words, strangers = self.line.words, self._strangers
        at = bisect_left(words, remark.start, key=lambda each: each.start)
        around = words[max(0, at - NEAR) : at + NEAR]
        if sum(word.key in strangers for word in around) > 1:
            return True
        apart = self.passage.quotation_at(remark.start)
        emphasised = self.passage.stretch_at(remark.start, "em")
        places = [apart] if apart else []
        places += [(emphasised.start, emphasised.end)] if emphasised else []
        return any(
            word.key in strangers
            for start, end in places
            for word in words
            if start <= word.start < end
        )

    @cached_property
    def _strangers(self) -> frozenset[str]:
        """The words of the passage that no dictionary has, without names and slips."""
        return frozenset(
            word.key
            for word in self.line.words
            if word.key in self.text.strangers
            and "-" not in word.key
            and not word.capital
            and not self.text.verdicts.meant(word.key)
        )


def _code(remark: Remark) -> str:
    """Return the code of a remark; of participles, those that are none are a matter of the verb."""
    return "G103" if NO_PARTICIPLE in remark.says else KINDS[remark.kind]


def _one_cause(one: Remark, other: Remark) -> bool:
    """Return whether two remarks are the two sides of one: “projets lancé”."""
    same = _cause(one.rule) == _cause(other.rule)
    return same and max(one.start, other.start) - min(one.end, other.end) <= APART


def _cause(rule: str) -> str:
    """Return the rule that several of the program's actions belong to."""
    return re.sub(r"_a\d+_\d+$", "", rule)


FINDERS: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (read,)
