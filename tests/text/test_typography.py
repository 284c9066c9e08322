"""A reader sees French set as the Imprimerie nationale sets it, and English as Oxford does.

In these tests `~` stands for a no-break space and `_` for a narrow no-break space.
"""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from moip_press.text.typography import plain, spans, to_html, typeset_runs, typeset_text


def shown(text: str) -> str:
    return text.replace("\u00a0", "~").replace("\u202f", "_")


FRENCH = [
    # spaces before high punctuation
    ("vous donnent rendez-vous !", "vous donnent rendez-vous_!"),
    ("Comment faire? Avec qui ?", "Comment faire_? Avec qui_?"),
    ("Quoi ?!", "Quoi_?!"),
    ("(lesquels ?)", "(lesquels_?)"),
    ("(?) et (!)", "(?) et (!)"),
    ("en Occitanie ; la mise", "en Occitanie_; la mise"),
    ("des acteurs : services", "des acteurs~: services"),
    ("Tél: 06", "Tél~: 06"),
    ("TERRITOIRES :LA DINUM", "TERRITOIRES~:LA DINUM"),
    ("à 14:30, ratio 3:1", "à 14:30, ratio 3:1"),
    ("a != b", "a != b"),
    # guillemets
    ("« premier kilomètre »", "«~premier kilomètre~»"),
    ("«mot»", "«~mot~»"),
    ("« Quoi ? »", "«~Quoi_?~»"),
    ("«", "«"),
    ("« Remarquables ! »,", "«~Remarquables_!~»,"),
    # apostrophes
    ("l'innovation d'aujourd'hui", "l’innovation d’aujourd’hui"),
    ("Lab'EST, Innov'Mandie", "Lab’EST, Innov’Mandie"),
    ("l'« open data »", "l’«~open data~»"),
    ("un 'mot' ici", "un ‘mot’ ici"),
    # straight quotes
    ('un ".docx", l\'".env", ("...oui")', "un «~.docx~», l’«~.env~», («~…oui~»)"),
    ("\"'Oui', dit-il\"", "«~‘Oui’, dit-il~»"),
    ("\"il dit 'non'.\"", "«~il dit ‘non’.~»"),
    ("10$ ou 10£, 10 ¥", "10~$ ou 10~£, 10~¥"),
    ('webinaire "ateliers", cette', "webinaire «~ateliers~», cette"),
    ('"Pour" ; "Contre".', "«~Pour~»_; «~Contre~»."),
    ('« il a dit "oui" »', "«~il a dit “oui”~»"),
    ('le "mot "dans" le mot" ici', "le «~mot “dans” le mot~» ici"),
    ('« premier kilomètre publique". Ils', '«~premier kilomètre publique". Ils'),
    ('un écran de 5"', 'un écran de 5"'),
    ('l\'"été"', "l’«~été~»"),
    ('("mot")', "(«~mot~»)"),
    # ellipsis
    ("santé... mais", "santé… mais"),
    ("Cyber.... fin", "Cyber.... fin"),
    # dashes
    ("locaux – l'occasion", "locaux~– l’occasion"),
    ("DESIGN - DITP", "DESIGN~- DITP"),
    ("– premier", "–~premier"),
    ("co-construction, 2021-2027", "co-construction, 2021-2027"),
    # hours
    ("une durée de 1h30", "une durée de 1~h~30"),
    ("2h d'expérimentations", "2~h d’expérimentations"),
    ("de 14 h 30 à 16 h", "de 14~h~30 à 16~h"),
    ("9h-12h", "9~h-12~h"),
    ("24H du Mans, A4h2", "24H du Mans, A4h2"),
    # numbers, units, dates
    ("12 000 personnes", "12_000~personnes"),
    ("1 234 567 euros", "1_234_567~euros"),
    ("en 2021 350 événements", "en 2021 350~événements"),
    ("en 2021, 4 nouveaux labs", "en 2021, 4~nouveaux labs"),
    ("les 4 et 5 novembre, 16 au 20", "les 4 et 5~novembre, 16 au 20"),
    ("Lab'EST (Grand Est)", "Lab’EST (Grand~Est)"),
    ("Brest · 12 € · adultes", "Brest ·~12~€ ·~adultes"),
    ("4 millions d'euros", "4~millions d’euros"),
    ("50% ou 50 %", "50~% ou 50~%"),
    ("12 M€ et 3 km", "12~M€ et 3~km"),
    ("le 3 m'a plu", "le 3 m’a plu"),
    ("le 1er novembre, les 4 et 5 novembre 2021", "le 1er~novembre, les 4 et 5~novembre 2021"),
    ("06 08 72 50 29", "06~08~72~50~29"),
    ("+33 6 08 72 50 29", "+33~6~08~72~50~29"),
    ("0 800 123 456", "0~800~123~456"),
    ("(voir p.22) et p. 3, pp. 4-5, page 6", "(voir p.~22) et p.~3, pp.~4-5, page~6"),
    ("n°3 et n° 4", "n°~3 et n°~4"),
    ("art. 5, § 3", "art.~5, §~3"),
    ("au XXIe siècle", "au XXIe~siècle"),
    # people
    ("M. Dupont, Mme Martin, J. Dupont", "M.~Dupont, Mme~Martin, J.~Dupont"),
    ("J.-P. Dupont, J. R. R. Tolkien", "J.-P.~Dupont, J.~R.~R.~Tolkien"),
    # never at the start of a line
    ("agents, entreprises etc.", "agents, entreprises~etc."),
    ("Services Publics + fait", "Services Publics~+ fait"),
    ("En savoir plus →", "En savoir plus~→"),
    ("→ Voir les événements", "→~Voir les événements"),
    # typed ordinals
    ("la 8^e édition, le 1^{er}", "la 8e~édition, le 1er"),
    # left alone
    ("http://x.fr/a?b=c;d : oui", "http://x.fr/a?b=c;d~: oui"),
    ("(voir https://x.fr/a;b?c!)", "(voir https://x.fr/a;b?c_!)"),
    ("www.modernisation.gouv.fr ; oui", "www.modernisation.gouv.fr_; oui"),
    ("a.b@plus2sens.com !", "a.b@plus2sens.com_!"),
    ("voir p. {page:labs-d'ici} !", "voir p.~{page:labs-d'ici}_!"),
    ("{page: labs}", "{page: labs}"),
    ("merci ;-)", "merci ;-)"),
    ("MEETUP #6", "MEETUP #6"),
    ("", ""),
    (" ", " "),
]

ENGLISH = [
    ('a ".docx", "\'Yes\', he said"', "a “.docx”, “‘Yes’, he said”"),
    ("$10, 10-12, 10am-4pm, 555-1234, A - B", "$10, 10–12, 10am-4pm, 555-1234, A~- B"),
    ('He said "yes".', "He said “yes”."),
    ("It's 'quoted' text", "It’s ‘quoted’ text"),
    ("he said 'it's nice' here", "he said ‘it’s nice’ here"),
    ("an unpaired 'quote", "an unpaired 'quote"),
    ("the '90s, 2021's", "the ’90s, 2021’s"),
    ("the agents' work", "the agents’ work"),
    ("Wait...", "Wait…"),
    ("in 2021-2022, 2021-22, pp. 3-5", "in 2021–2022, 2021–22, pp.~3–5"),
    ("2021-11-18, 555-1234, COVID-19", "2021-11-18, 555-1234, COVID-19"),
    ("on 16 November, November 16", "on 16~November, November~16"),
    ("at 9:30 am", "at 9:30~am"),
    ("Mr Smith and J. K. Rowling", "Mr~Smith and J.~K.~Rowling"),
    ("see p. 22", "see p.~22"),
    ("£3 million", "£3~million"),
    ("020 7946 0018", "020~7946~0018"),
    ("one – two", "one~– two"),
    ("What? Really: yes; go!", "What? Really: yes; go!"),
    ("5'10\" tall", "5'10\" tall"),
]

CASES = [("fr", *case) for case in FRENCH] + [("en", *case) for case in ENGLISH]


@pytest.mark.parametrize(("language", "typed", "printed"), CASES)
def test_a_text_is_printed_with_its_typography(language: str, typed: str, printed: str) -> None:
    assert shown(typeset_text(typed, language)) == printed


@pytest.mark.parametrize(("language", "typed", "printed"), CASES)
def test_what_is_set_stays_as_it_is(language: str, typed: str, printed: str) -> None:
    once = typeset_text(typed, language)
    assert typeset_text(once, language) == once
    assert shown(once) == printed


FRAGMENTS = [
    *"ab12 :;!?«»\"'’…–-()é.%\u00a0\u202f{}→+@/\n^",
    *(
        "...",
        "1er",
        "1^er",
        "14h30",
        "9 h",
        "12 000",
        "M. ",
        "J. ",
        "n°",
        "p.",
        "§",
        "etc.",
        "XXIe ",
    ),
    *("novembre", "November", "06 08 72 50 29", "http://a.fr", "{page:x}", "a@b.fr", "km", "€"),
    *(
        "siècle",
        "Mr ",
        "'90s",
        "2021-22",
        "am",
        "pages ",
        "art. ",
        "0 800 123 456",
        "l'",
        ' "',
        '" ',
    ),
]
signs = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)


@given(signs, st.sampled_from(["fr", "en"]))
@example("p.2021-22", "en")
@settings(max_examples=500, deadline=None, database=None)
def test_any_text_set_twice_is_set_once(text: str, language: str) -> None:
    once = typeset_text(text, language)
    assert typeset_text(once, language) == once


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text))


@given(signs, st.sampled_from(["fr", "en"]))
@settings(max_examples=300, deadline=None, database=None)
def test_words_are_never_changed(text: str, language: str) -> None:
    assert letters(typeset_text(text, language)) == letters(text)


@given(st.lists(signs, min_size=1, max_size=5), st.sampled_from(["fr", "en"]))
@settings(max_examples=300, deadline=None, database=None)
def test_markup_between_words_changes_nothing(runs: list[str], language: str) -> None:
    whole = typeset_text("".join(runs), language)
    found = typeset_runs(runs, language)
    assert len(found) == len(runs)
    if not re.search(r"[@{}/:;]", "".join(runs)):  # what is left alone is looked for in a run
        assert "".join(found) == whole


def test_quotes_and_spaces_are_right_where_emphasis_starts_and_ends() -> None:
    assert [shown(run) for run in typeset_runs(["« ", "mot", " » : ", "oui", " !"], "fr")] == [
        "«~",
        "mot",
        "~»~: ",
        "oui",
        "_!",
    ]
    assert [shown(run) for run in typeset_runs(["l'\"", "été", "\" d'", "ici"], "fr")] == [
        "l’«~",
        "été",
        "~» d’",
        "ici",
    ]


def test_code_and_numbers_are_context_and_stay_as_they_are() -> None:
    found = typeset_runs(["voir p.", "22", " ; ", 'a ; "b"', " ?"], "fr", opaque={1, 3})
    assert [shown(run) for run in found] == ["voir p.~", "22", "_; ", 'a ; "b"', "_?"]


RAISED = [
    ("1er novembre", "1<sup>er</sup>\u00a0novembre"),
    ("8e édition", "8<sup>e</sup>\u00a0édition"),
    ("1re, 1res, 1ers, 2d, 2de, 2nde", None),
    ("XXIe, Ve, IIe, XIXe, Ier, Ire", None),
    ("Le, De, Ce, Me, Ces, Des, Vie, Ile, II", "Le, De, Ce, Me, Ces, Des, Vie, Ile, II"),
    ("3D, 4G, 2ème, 1ère, a1e, 8es", "3D, 4G, 2ème, 1ère, a1e, 8<sup>es</sup>"),
    ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
]


@pytest.mark.parametrize(("typed", "printed"), RAISED)
def test_french_ordinals_are_raised(typed: str, printed: str | None) -> None:
    found = to_html(typed, "fr")
    if printed is None:
        assert found.count("<sup>") == len(typed.split(", "))
    else:
        assert found == printed
    assert plain(typed, "fr") == re.sub(r"</?sup>", "", found).replace("&lt;", "<").replace(
        "&amp;", "&"
    )


def test_english_ordinals_stay_on_the_line() -> None:
    assert to_html("the 1st and 8th", "en") == "the 1st and 8th"
    assert spans("1er", "fr") == [("text", "1"), ("raised", "er")]
    assert spans("1er", "en") == [("text", "1er")]
    assert spans("", "fr") == []


def test_a_line_of_another_language_is_set_as_english() -> None:
    assert typeset_text('"a"', "nl") == "“a”"
    assert typeset_text("oui !", "fr-CA") == "oui\u202f!"


@pytest.mark.long
@pytest.mark.parametrize(
    "unit",
    ["*", "[", '"', "«", "»", " ", " !", 'a" ', '"a', "'a ", "1 ", "M. ", "a@", "{", "h", "a."],
)
def test_a_text_of_a_million_signs_is_set_in_no_time(unit: str) -> None:
    text = (unit * 1_000_000)[:1_000_000]
    start = time.process_time()
    typeset_text(text, "fr")
    assert time.process_time() - start < 5
