"""The columns of all tables, and how other people who keep such tables spell their headings."""

from __future__ import annotations

from dataclasses import replace

from moip_press.exchange.columns.column import Choice, Column, named
from moip_press.report.messages import N_


def _column(
    path: str,
    heading: str,
    note: str = "",
    synonyms: str = "",
    choices: tuple[Choice, ...] = (),
    width: int = 24,
) -> Column:
    return Column(path, heading, note, named(synonyms), choices, width=width)


def _choice(value: str, label: str, synonyms: str = "") -> Choice:
    return Choice(value, label, named("; ".join(filter(None, (label, value, synonyms)))))


MARKDOWN = N_("Markdown: an empty line between paragraphs, **bold**, *italic*, - lists.")

ID = replace(
    _column(
        "id",
        N_("Identifier"),
        N_("By this name the row is found again: leave it as it is, and empty in new rows."),
        "id; identifiant; uid; code; référence; ref; clé; key; slug; n°; event id; record id; "
        "guid; identifiant de l'événement; identifier; recordid",
        width=22,
    ),
    protected=True,
)
SECTION = _column(
    "section",
    N_("Section"),
    N_("The section of the programme in which it is printed."),
    "rubrique; partie; chapitre; chapter; part; section du programme; volet",
    width=16,
)
TITLE = _column("title", N_("Title"), "", "titre; intitulé; title", width=40)
EVENT_TITLE = replace(
    TITLE,
    note=N_("The title, as it is printed."),
    synonyms=named(
        "titre; nom; intitulé; name; événement; event; libellé; titre de l'événement; nom de "
        "l'événement; intitulé de l'événement; event title; event name; name of the event; title "
        "of the event; sujet de l'événement; rendez-vous; manifestation; summary; heading; "
        "action; activité; activity; nom de l'action; titre de l'action; nom du rendez-vous; "
        "titre du rendez-vous; objet; subject; session; nom de la manifestation; titre de la "
        "manifestation; spectacle; titre du spectacle; talk title; nom générique"
    ),
)
WHEN = _column(
    "when",
    N_("Date and time"),
    N_("As one writes it: 16 November, 9:30-12:30; 4 and 5 November; from 8 November."),
    "date; quand; when; date et heure; date et horaire; date de l'événement; event "
    "date; date of the event; dates and times; période; moment; jour et heure; day and time; "
    "calendrier; créneau; quand lieu; timing",
    width=26,
)
PARTS_OF_WHEN = tuple(
    replace(column, written=False)
    for column in (
        _column(
            "when.start_date",
            N_("First day"),
            "",
            "date de début; début; du; start; first date begin; date heure début; start date; "
            "from; date start; premier jour; begin; dtstart; jour de début; first date; starts "
            "on; commence le; date et heure de début; date et horaire de début; start date and "
            "time; début de l'événement",
        ),
        _column(
            "when.end_date",
            N_("Last day"),
            "",
            "date de fin; fin; au; jusqu'au; last date end; date heure fin; end; end date; until; "
            "date end; dernier jour; dtend; jour de fin; last date; ends on; date et heure de "
            "fin; date et horaire de fin; end date and time; fin de l'événement; to",
        ),
        _column(
            "when.times",
            N_("Times"),
            "",
            "horaire; heure; hours; time; plage horaire; créneau horaire; opening hours; "
            "timetable; horaires d'ouverture; time slot; horaires détaillés",
        ),
        _column(
            "when.start_time",
            N_("Starts at"),
            "",
            "heure de début; début heure; start time; starts at; horaire de début; h début; heure "
            "commence; time does start; time start",
        ),
        _column(
            "when.end_time",
            N_("Ends at"),
            "",
            "heure de fin; fin heure; end time; ends at; horaire de fin; h fin; heure finit; heure "
            "termine; time end; finit à",
        ),
        _column(
            "when.all_day",
            N_("All day"),
            "",
            "all day event; all day; toute la journée; journée entière; allday",
        ),
        _column(
            "when.weekday",
            N_("Weekday"),
            "",
            "jour; day; jour de la semaine; weekday; day of the week",
        ),
    )
)
READ_INTO_OTHERS = tuple(
    replace(column, written=False, several=column.path.startswith("notes."))
    for column in (
        _column(
            "text.lead",
            N_("Introduction"),
            "",
            "description courte; short description; résumé; résumé court; descriptif court; texte "
            "court; chapô; pitch; abstract; excerpt; event excerpt; extrait; accroche; en quelques "
            "mots; summary of the event; présentation courte",
        ),
        _column(
            "place.room",
            N_("Room"),
            "",
            "salle; room; espace; nom de la salle; location room; bâtiment; building; stand",
        ),
        _column(
            "place.postcode",
            N_("Postcode"),
            "",
            "code postal; postcode; postal code; zip; zip code; cp; lieu code postal; location "
            "postal code; code postal du lieu; location address postal code; postalcode",
        ),
        _column(
            "notes.booking",
            N_("Booking"),
            "",
            "réservation téléphone; réservation email; téléphone de réservation; email de "
            "réservation; réservation mail; booking phone; booking email; contact pour "
            "l'inscription; contact d'inscription",
        ),
        _column(
            "price.currency",
            N_("Currency"),
            "",
            "devise; currency; event currency symbol; currency symbol; event currency; offers "
            "price currency; event currency code",
        ),
        _column(
            "notes.conditions",
            N_("Conditions"),
            "",
            "conditions d'accès; modalités d'accès; conditions d'entrée; entry conditions; terms; "
            "conditions d'inscription",
        ),
    )
)
"""What other people keep apart, and a kit has in a text, an address or a note: only read."""
SESSION_ID = replace(
    _column(
        "id",
        N_("Session identifier"),
        N_("By this name a session is found again: leave it as it is, and empty in new rows."),
        "id de la séance; identifiant séance; session id; performance id",
        width=16,
    ),
    protected=True,
)
ROOM = _column(
    "room",
    N_("Room of the session"),
    N_("The room or hall, printed after the place."),
    "salle de la séance; session room",
    width=16,
)
SESSION_NOTE = _column(
    "note",
    N_("Note on the session"),
    N_("A few words printed after its date, such as with an interpreter."),
    "remarque sur la séance; session note",
)
SESSION_LANGUAGE = _column(
    "language",
    N_("Language of the session"),
    N_("The code of what is spoken there: fr, en, fsl."),
    "session language",
    width=10,
)
ORGANISERS = _column(
    "organisers",
    N_("Organisers"),
    N_("Who holds the event: one name a line (Alt+Enter begins a line)."),
    "organisateur; organisatrice; organisé par; organizer; organisateur nom; organisme nom; "
    "organised by; organized by; organiser; structure; structure porteuse; porteur; porteur de "
    "projet; porté par; host; hosted by; held by; organisme; entité; administration; structure "
    "organisatrice; nom de la structure; nom de l'organisateur; pilote; organisation; "
    "organization; organisme porteur; laboratoire; lab; qui; nom de l'organisme; service "
    "organisateur; organising body; organizer name; organiser name; meeting organizer; "
    "organisateur d'une réunion; lead organisation; organise; organising organisation; votre "
    "structure; co-organisateurs; by",
    width=26,
)
ORGANISERS_LINE = _column(
    "organisers_line",
    N_("Organisers, as printed"),
    N_("Only where the printed line is not the names joined together."),
    "ligne des organisateurs; organisateurs affichés; organisers line; mention",
    width=26,
)
TEXT = _column(
    "text",
    N_("Text"),
    MARKDOWN,
    "texte; description; descriptif; contenu; content; body; corps",
    width=70,
)
EVENT_TEXT = replace(
    TEXT,
    heading=N_("Description"),
    synonyms=TEXT.synonyms
    | named(
        "text; description de l'événement; descriptif de l'événement; présentation; présentation "
        "de l'événement; event description; details; about; programme; description longue; long "
        "description; descriptif long; descriptif détaillé; description détaillée; contenu; quoi; "
        "texte de présentation; description de l'action; décrivez; describe; présentez; "
        "commentaire; information; free text; texte long; description complète"
    ),
)
VENUE = _column(
    "place.venue",
    N_("Venue"),
    N_("The building or the room."),
    "lieu; lieu de l'événement; où; where; place; location; nom du lieu; endroit; emplacement; "
    "salle ou lieu; nom du lieu ou de la salle; location name; venue name; event venue name; "
    "placename; place name; lieu de la manifestation; équipement",
)
ADDRESS = _column(
    "place.address",
    N_("Address"),
    N_("The street and number."),
    "adresse; rue; street; adresse postale; street address; adresse du lieu; adresse complète; "
    "adresse complète du lieu; address of the venue; voie; location address; lieu adresse; "
    "location address street address; address street; location street",
)
TOWN = _column(
    "place.town",
    N_("Town"),
    "",
    "ville; commune; city; town or city; ville ou commune; localité; municipality; nom de la "
    "ville; locality; location city; lieu ville; lieu commune; address locality; location address "
    "address locality; location address locality; address city; nom de la commune",
    width=18,
)
ONLINE = _column(
    "online",
    N_("Online"),
    N_("Whether it can be followed online."),
    "en ligne; distanciel; à distance; visio; visioconférence; format; modalité; présentiel ou "
    "distanciel; présentiel / distanciel; virtuel; virtual; remote; attendance mode; event "
    "attendance mode; mode de participation; webinaire; webinar",
    width=10,
)
TIMEZONE = _column(
    "timezone",
    N_("Time zone"),
    N_("Where its hours are not those of its region: Indian/Reunion, America/Cayenne."),
    "fuseau",
    width=16,
)
REGION = _column(
    "region",
    N_("Region"),
    "",
    "région; territoire; area; région administrative; location region",
    width=20,
)
THEME = _column(
    "theme",
    N_("Theme"),
    N_("The subject it belongs to."),
    "thème; thématique; sujet; topic; category; catégorie; axe; mots-clés; keywords; tags; "
    "domaine; track; thème principal; type d'événement; catégorie de la manifestation; thème de "
    "la manifestation; type de manifestation; event category; genre",
    width=20,
)
AUDIENCE = _column(
    "audience",
    N_("Audience"),
    N_("Whom it is for, such as families."),
    "public; public cible; public visé; cible; destinataires; pour qui; for whom; target "
    "audience; who for; audience audience type; type de public; public concerné; participants; "
    "ouvert à; public s'adresse; à qui s'adresse l'événement",
)
AGE = _column(
    "age",
    N_("Age"),
    N_("For which ages, such as from 8 years on."),
    "âge; à partir de quel âge; tranche d'âge; âge minimum; age range; ages; âge conseillé; "
    "typical age range; tranche d'âge enfant; public âge",
)
PRICE = replace(
    _column(
        "price",
        N_("Price"),
        N_("What it costs: free, 8 to 25 €, 12 € (members: 8 €)."),
        "prix; tarif; tarifs; coût; cost; fee; admission; entrée; conditions; tarification; prix "
        "du billet; détail des conditions; conditions de participation; event cost; ticket price; "
        "prix d'entrée; entry fee; tarif normal; tarif réduit; plein tarif; tarif plein; gratuité; "
        "gratuit; free; droit d'entrée; pricing info; offers price; payant; gratuit ou payant; "
        "détail des tarifs; détail du prix; price detail; type de tarif; manifestation gratuite; "
        "tarif enfant; entrée libre; is free; is accessible for free; conditions tarifaires; "
        "offers low price; offers high price; tarif plus",
    ),
    several=True,
)
DURATION = _column(
    "duration",
    N_("Duration"),
    N_("How long it lasts, such as 1 h 30."),
    "durée; length; running time; durée de l'événement; durée en minutes; duration",
    width=12,
)
CAPACITY = _column(
    "capacity",
    N_("Capacity"),
    N_("How many people can take part, in digits."),
    "capacité; jauge; nombre de places; seats; places disponibles; effectif maximum; maximum "
    "attendee capacity",
    width=10,
)
LANGUAGES = _column(
    "languages",
    N_("Languages spoken"),
    N_("The languages that are spoken there, a code a line: fr, en."),
    "langues; langues parlées; spoken languages",
    width=12,
)
SPEAKERS = _column(
    "speakers",
    N_("Speakers"),
    N_("Who speaks or performs: a name a line, the role after a comma."),
    "intervenants; intervenantes; intervenant; orateurs; speaker; artistes; avec; distribution; "
    "conférenciers; conférencier; invités; performers; panelists; persons; artist; performer name; "
    "compagnie; animateur; animatrice; animé par; with; oratrice; conférencière",
    width=30,
)
ACCESS = _column(
    "access",
    N_("Access"),
    N_("What makes it accessible, a word a line: wheelchair, hearing-loop, sign-language…"),
    "accessibilité; accessibility; accès pmr; pmr; handicap; accessible aux personnes à mobilité "
    "réduite; accessibilité pmr",
    width=20,
)
LINK = _column(
    "link",
    N_("Link"),
    N_("A whole address, beginning with https://."),
    "lien; url; site; site web; site internet; website; web; page web",
    width=30,
)
EVENT_LINK = replace(
    LINK,
    synonyms=LINK.synonyms
    | named(
        "lien vers l'événement; lien de l'événement; page de l'événement; en savoir plus; plus "
        "d'informations; plus d'infos; url de l'événement; event link; event url; event page; "
        "more information; more info; find out more; adresse web; lien internet; site de "
        "l'événement; liens; links; webpage; web page; lien web; lien vers le site; canonical url"
    ),
)
REGISTRATION = _column(
    "registration",
    N_("Registration"),
    N_("Where to register: a whole address, beginning with https://."),
    "inscription; lien d'inscription; s'inscrire; register; registration link; registration url; "
    "url d'inscription; booking; book; tickets; billetterie; réservation; sign up; booking link; "
    "modalités d'inscription; lien de réservation; formulaire d'inscription; sign-up link; how to "
    "register; comment s'inscrire; lien pour s'inscrire; réservation site internet; réservation "
    "en ligne; lien de billetterie; site de réservation; billet; offers url; ticket url; ticket "
    "link",
    width=30,
)
STATUS = _column(
    "status",
    N_("Status"),
    N_("Whether it takes place as announced. An empty cell means: confirmed."),
    "statut; état; state; situation; event status; statut de la manifestation; statut "
    "de l'événement",
    (
        _choice(
            "confirmed",
            N_("confirmed"),
            "eventscheduled; confirmé; confirmée; maintenu; maintenue; validé; validée; ok; "
            "scheduled; programmé; programmée; published; publié; publiée",
        ),
        _choice(
            "draft",
            N_("draft"),
            "brouillon; à confirmer; provisoire; tentative; tbc; to be confirmed; en attente; "
            "pending; à valider; en cours; projet",
        ),
        _choice(
            "cancelled", N_("cancelled"), "eventcancelled; annulé; annulée; canceled; supprimé"
        ),
        _choice(
            "postponed",
            N_("postponed"),
            "eventpostponed; eventrescheduled; reporté; reportée; rescheduled; décalé; décalée; "
            "déplacé; déplacée",
        ),
    ),
    width=12,
)
SESSION_STATUS = replace(
    STATUS,
    choices=(
        *STATUS.choices,
        _choice("full", N_("fully booked"), "complet; full; sold out; complète; soldout; épuisé"),
    ),
)
POSTPONED_TO = _column(
    "postponed_to",
    N_("Postponed to"),
    N_("The new date of an event that is postponed."),
    "reporté au; reportée au; nouvelle date; new date; date de report; report",
)
NOTES = _column(
    "notes",
    N_("Notes"),
    N_("Smaller remarks below the text, in Markdown; between two of them a line of ---."),
    "note; remarques; à noter; remarks; précisions",
    width=40,
)
LANGUAGE = _column(
    "language",
    N_("Language"),
    N_("Where its title and texts are not in the kit's language, its code: fr, en, de."),
    "langue; code langue; lang; language code; in language",
    width=10,
)
PENDING = _column(
    "pending",
    N_("To come"),
    N_("Yes while it is awaited: a visible blank stands in its place."),
    "à compléter; en attente; à venir; attendu; pending; awaited",
    width=10,
)
PERSON = _column(
    "name",
    N_("Name"),
    N_("The person to ask for."),
    "nom; nom et prénom; prénom et nom; contact; personne; person; full name",
)
ORGANISATION = _column(
    "organisation",
    N_("Organisation"),
    N_("The body or agency they answer for."),
    "organisme; structure; organization; service; société; agency; agence",
)
ROLE = _column(
    "role",
    N_("Function"),
    "",
    "fonction; rôle; titre; job title; poste; position",
)
EMAIL = _column(
    "email",
    N_("E-mail"),
    "",
    "e-mail; mail; courriel; adresse mail; adresse électronique; mél; adel",
    width=30,
)
TELEPHONE = _column(
    "telephone",
    N_("Telephone"),
    "",
    "téléphone; tél; phone; numéro; mobile; portable; phone number",
    width=18,
)
AVAILABILITY = _column(
    "availability",
    N_("Reached when"),
    N_("When they can be reached, in your own words."),
    "disponibilité; joignable; availability; horaires; hours",
)
BLOCK_OF = _column(
    "section",
    N_("Block"),
    N_("The block of an article in which it is printed."),
    "bloc; section; partie",
    width=18,
)
SESSION_OF = replace(
    BLOCK_OF, heading=N_("Event"), note=N_("The event that is held."), synonyms=frozenset()
)
ARTICLE_OF = replace(
    BLOCK_OF,
    heading=N_("Article"),
    note=N_("The article that the block is part of."),
    synonyms=named("article; section; partie"),
)
INTERVIEW_OF = replace(
    BLOCK_OF,
    heading=N_("Interview"),
    note=N_("The interview that the question is part of."),
    synonyms=named("entretien; section; partie"),
)
LAB_NAME = _column(
    "name",
    N_("Name"),
    "",
    "nom; lab; laboratoire; nom du lab; nom du laboratoire; laboratory; titre",
    width=30,
)
TAGLINE = _column(
    "tagline",
    N_("In one line"),
    N_("What it is, in one line."),
    "accroche; signature; slogan; tagline; en une ligne; sous-titre",
    width=40,
)
PROFILE = replace(
    TEXT,
    path="profile",
    heading=N_("Profile"),
    synonyms=TEXT.synonyms | named("profil; présentation; texte; text; about"),
)
FILE = _column(
    "file",
    N_("Picture"),
    N_("The picture's file in the kit's folder, such as images/town-hall.jpg."),
    "image; photo; logo; portrait; fichier; file; visuel; photographie",
)
ALT = _column(
    "alt",
    N_("Picture in words"),
    N_("What the picture shows, for those who cannot see it."),
    "alt; texte alternatif; description de l'image; alternative",
)
WORDS = _column(
    "words",
    N_("Logo in words"),
    N_("The words of a logo that has no file, a line of type each."),
    "mots; mots du logo; words",
)
CAPTION = _column("caption", N_("Caption"), N_("The line printed under the picture."), "légende")
CREDIT = _column(
    "credit",
    N_("Credit"),
    N_("Who took the picture, as it must be credited."),
    "crédit; photographe; ©; copyright",
)
DECORATIVE = _column(
    "decorative",
    N_("Decoration only"),
    N_("Yes if the picture says nothing that the text does not say."),
    "décoratif; décorative; décoration",
    width=10,
)
PICTURE_PENDING = replace(PENDING, heading=N_("Picture to come"), synonyms=named("image à venir"))
CONTENTS_TITLE = _column(
    "contents_title",
    N_("Title in the contents"),
    N_("Only where it is another one, such as a shorter one."),
    "titre au sommaire; titre court; short title",
)
AUTHOR = _column(
    "author.name",
    N_("Author"),
    N_("First name and surname of the person who signs."),
    "auteur; autrice; signataire; signé par; signed by; nom",
)
AUTHOR_ROLE = replace(ROLE, path="author.role", note=N_("Printed under the name."))
BODY = replace(TEXT, path="body", synonyms=TEXT.synonyms | named("éditorial; edito; texte"))
PULL_QUOTE = _column(
    "pull_quote",
    N_("Pull quote"),
    N_("A sentence of the text that is set apart in large type."),
    "exergue; citation; phrase en exergue; quote",
    width=40,
)
INTERVIEWED = _column(
    "person.name",
    N_("Person"),
    N_("First name and surname of the person who answers."),
    "personne; nom; name; interviewé; interviewée; interlocuteur",
)
INTERVIEWED_ROLE = replace(AUTHOR_ROLE, path="person.role")
INTRODUCTION = _column(
    "introduction",
    N_("Introduction"),
    MARKDOWN,
    "chapô; chapeau; intro",
    width=60,
)
KICKER = _column(
    "kicker",
    N_("Line above the title"),
    N_("Only where it is another one than the title of the kit."),
    "surtitre; kicker",
)
QUESTION = _column("question", N_("Question"), "", "questions; q", width=50)
ANSWER = _column("answer", N_("Answer"), MARKDOWN, "réponse; r; a", width=70)
BLOCK_TYPE = replace(
    _column(
        "type",
        N_("Kind of block"),
        N_("What the block is: it cannot become another one here."),
        "type; nature; sorte; kind",
        (
            _choice("text", N_("text")),
            _choice("box", N_("box")),
            _choice("quote", N_("quotation")),
            _choice("figure", N_("picture")),
            _choice("key-figures", N_("key figures")),
            _choice("chart", N_("chart")),
            _choice("map", N_("map of France")),
            _choice("cards", N_("cards")),
            _choice("directory", N_("directory")),
            _choice("labs", N_("labs")),
            _choice("missions", N_("missions")),
        ),
        width=16,
    ),
    protected=True,
)
QUOTED = _column("author", N_("Said by"), N_("Who said what is quoted."), "auteur; autrice; cité")
COLUMNS = _column(
    "columns",
    N_("Headings of the table"),
    N_("The two headings of a directory, a line each."),
    "colonnes; columns; en-têtes",
)
FIGURE = _column(
    "value",
    N_("Figure"),
    N_("The number, as it is printed large, such as 350 or 12 %."),
    "chiffre; valeur; nombre; value; number",
    width=14,
)
COUNTED = _column("label", N_("What is counted"), "", "libellé; légende; label; ce qui est compté")
FIGURE_SOURCE = _column(
    "source", N_("Source of the figure"), N_("Where the number comes from."), "source"
)

BOOKKEEPING = named(
    "slug; code; guid; record id; dataset id; record timestamp; created at; updated at; created; "
    "updated; modified; date modified; date created; date published; last modified; horodateur; "
    "timestamp; créé le; modifié le; mis à jour le; date de création; date de modification; type; "
    "geometry type; geometry coordinates; geo point 2d; geolocation; latitude; longitude; geo; "
    "lat; lon; lng; latlon; geo shape; location geo type; location geo latitude; location geo "
    "longitude; feedback url; do not record; logo; version; location latitude; location "
    "longitude; sous titre id; location id; location uid; event currency position; show map; "
    "event show map; event show map link; allow comments; event id; talk id; source"
)
"""Headings of keys, stamps and coordinates, which say nothing to readers."""
