"""The looks of the dossier, as Typst is told them."""

from __future__ import annotations

COLOURS = {
    1: ("#5b8def", "#153f9d"),
    2: ("#f7805b", "#6d1d10"),
    3: ("#feda52", "#876a17"),
    4: ("#5edfa2", "#226d49"),
    5: ("#d1a3ee", "#902c6a"),
    6: ("#c9f9ff", "#00323a"),
}
PREAMBLE = """\
#set document(title: {title}, author: {author})
#set text(font: "Source Sans 3", size: 9.7pt, lang: {language}, fill: rgb("#1b1f2a"))
#set par(leading: 0.6em, spacing: 0.95em)
#set list(marker: [–], indent: 0pt)
#let ground = rgb("#0b1f4d")
#let tint = rgb("#eaf1fd")
#let serif(it) = text(font: "Source Serif 4", size: 11pt, it)
#let page-of(name) = context counter(page).at(name).first()
#set page(
  paper: "a4",
  margin: (x: 18mm, top: 20mm, bottom: 24mm),
  header-ascent: 6mm,
  header: context text(size: 8.5pt, fill: rgb("#5c6373"), {{
    let here-page = here().page()
    let said = query(<chapter>).filter(it => it.location().page() <= here-page)
    if said.len() > 0 {{
      let last = said.last()
      if not (last.value.section and last.location().page() == here-page) {{ last.value.running }}
    }}
  }}),
  footer: context text(size: 8.5pt, fill: rgb("#5c6373"), {{
    line(length: 100%, stroke: 0.5pt + rgb("#c9cedb"))
    let here-page = here().page()
    let said = query(<chapter>).filter(it => it.location().page() <= here-page)
    grid(
      columns: (1fr, auto),
      {foot},
      if said.len() > 0 {{
        text(size: 11pt, weight: 900, fill: rgb(said.last().value.dark), counter(page).display())
      }},
    )
  }}),
)
#show heading: set block(above: 13pt, below: 6.5pt, sticky: true)
#show heading.where(level: 1): set text(size: 17pt, weight: 900)
#show heading.where(level: 2): set text(size: 12.5pt, weight: 600)
#show heading.where(level: 3): set text(size: 10.5pt, weight: 600)
#show heading.where(level: 4): set text(size: 9.7pt, weight: 600)
#show link: it => if type(it.dest) == str {{ underline(it) }} else {{ it }}
"""
