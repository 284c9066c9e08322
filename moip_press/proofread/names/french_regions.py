"""The regions and departments of France by their official names.

Names and codes are those of the *Code officiel géographique* of INSEE (2024 edition), which INSEE
publishes under the Licence Ouverte / Open Licence 2.0 of Etalab (insee.fr, "Code officiel
géographique"). The other tables are ours: how the names are mistyped, and what they replaced.
"""

from __future__ import annotations

REGIONS = {
    "01": "Guadeloupe",
    "02": "Martinique",
    "03": "Guyane",
    "04": "La Réunion",
    "06": "Mayotte",
    "11": "Île-de-France",
    "24": "Centre-Val de Loire",
    "27": "Bourgogne-Franche-Comté",
    "28": "Normandie",
    "32": "Hauts-de-France",
    "44": "Grand Est",
    "52": "Pays de la Loire",
    "53": "Bretagne",
    "75": "Nouvelle-Aquitaine",
    "76": "Occitanie",
    "84": "Auvergne-Rhône-Alpes",
    "93": "Provence-Alpes-Côte d'Azur",
    "94": "Corse",
}

_DEPARTMENTS = """
01 Ain, 02 Aisne, 03 Allier, 04 Alpes-de-Haute-Provence, 05 Hautes-Alpes, 06 Alpes-Maritimes,
07 Ardèche, 08 Ardennes, 09 Ariège, 10 Aube, 11 Aude, 12 Aveyron, 13 Bouches-du-Rhône,
14 Calvados, 15 Cantal, 16 Charente, 17 Charente-Maritime, 18 Cher, 19 Corrèze, 2A Corse-du-Sud,
2B Haute-Corse, 21 Côte-d'Or, 22 Côtes-d'Armor, 23 Creuse, 24 Dordogne, 25 Doubs, 26 Drôme,
27 Eure, 28 Eure-et-Loir, 29 Finistère, 30 Gard, 31 Haute-Garonne, 32 Gers, 33 Gironde,
34 Hérault, 35 Ille-et-Vilaine, 36 Indre, 37 Indre-et-Loire, 38 Isère, 39 Jura, 40 Landes,
41 Loir-et-Cher, 42 Loire, 43 Haute-Loire, 44 Loire-Atlantique, 45 Loiret, 46 Lot,
47 Lot-et-Garonne, 48 Lozère, 49 Maine-et-Loire, 50 Manche, 51 Marne, 52 Haute-Marne, 53 Mayenne,
54 Meurthe-et-Moselle, 55 Meuse, 56 Morbihan, 57 Moselle, 58 Nièvre, 59 Nord, 60 Oise, 61 Orne,
62 Pas-de-Calais, 63 Puy-de-Dôme, 64 Pyrénées-Atlantiques, 65 Hautes-Pyrénées,
66 Pyrénées-Orientales, 67 Bas-Rhin, 68 Haut-Rhin, 69 Rhône, 70 Haute-Saône, 71 Saône-et-Loire,
72 Sarthe, 73 Savoie, 74 Haute-Savoie, 75 Paris, 76 Seine-Maritime, 77 Seine-et-Marne,
78 Yvelines, 79 Deux-Sèvres, 80 Somme, 81 Tarn, 82 Tarn-et-Garonne, 83 Var, 84 Vaucluse,
85 Vendée, 86 Vienne, 87 Haute-Vienne, 88 Vosges, 89 Yonne, 90 Territoire de Belfort, 91 Essonne,
92 Hauts-de-Seine, 93 Seine-Saint-Denis, 94 Val-de-Marne, 95 Val-d'Oise, 971 Guadeloupe,
972 Martinique, 973 Guyane, 974 La Réunion, 976 Mayotte
"""
DEPARTMENTS = dict(entry.strip().split(" ", 1) for entry in _DEPARTMENTS.split(","))

WRONG = {
    "Pays-de-Loire": "Pays de la Loire",
    "Pays-de-Loires": "Pays de la Loire",
    "Pays de la Loires": "Pays de la Loire",
    "Bourgogne-France-Comté": "Bourgogne-Franche-Comté",
    "Bourgogne-Franche-Compté": "Bourgogne-Franche-Comté",
    "Haut-de-France": "Hauts-de-France",
    "Ille-de-France": "Île-de-France",
    "Iles-de-France": "Île-de-France",
    "Nouvelle-Acquitaine": "Nouvelle-Aquitaine",
    "Nouvelle-Aquitain": "Nouvelle-Aquitaine",
    "Centre-Val-Loire": "Centre-Val de Loire",
    "Centre-Val de la Loire": "Centre-Val de Loire",
    "Auvergne-Rhônes-Alpes": "Auvergne-Rhône-Alpes",
    "Auvergne-Rhône-Alpe": "Auvergne-Rhône-Alpes",
    "Auvergnes-Rhône-Alpes": "Auvergne-Rhône-Alpes",
    "Provence-Alpes-Côtes d'Azur": "Provence-Alpes-Côte d'Azur",
    "Provence-Alpe-Côte d'Azur": "Provence-Alpes-Côte d'Azur",
    "Provence-Alpes-Côte-Azur": "Provence-Alpes-Côte d'Azur",
    "Alpes-de-Hautes-Provence": "Alpes-de-Haute-Provence",
    "Alpes-Haute-Provence": "Alpes-de-Haute-Provence",
    "Alpes-Maritime": "Alpes-Maritimes",
    "Bouche-du-Rhône": "Bouches-du-Rhône",
    "Bouches-de-Rhône": "Bouches-du-Rhône",
    "Charentes-Maritimes": "Charente-Maritime",
    "Charente-Maritimes": "Charente-Maritime",
    "Côte-d'Armor": "Côtes-d'Armor",
    "Ile-et-Vilaine": "Ille-et-Vilaine",
    "Loire-et-Cher": "Loir-et-Cher",
    "Eure-et-Loire": "Eure-et-Loir",
    "Meurthes-et-Moselle": "Meurthe-et-Moselle",
    "Puys-de-Dôme": "Puy-de-Dôme",
    "Pyrénées-Atlantique": "Pyrénées-Atlantiques",
    "Pyrénées-Orientale": "Pyrénées-Orientales",
    "Deux-Sèvre": "Deux-Sèvres",
    "Seine-Maritimes": "Seine-Maritime",
    "Seine-St-Denis": "Seine-Saint-Denis",
    "Haut-de-Seine": "Hauts-de-Seine",
    "Haute-Alpes": "Hautes-Alpes",
    "Haute-Pyrénées": "Hautes-Pyrénées",
}

ABBREVIATIONS = {
    "PACA": "Provence-Alpes-Côte d'Azur",
    "AURA": "Auvergne-Rhône-Alpes",
    "ARA": "Auvergne-Rhône-Alpes",
    "BFC": "Bourgogne-Franche-Comté",
    "CVL": "Centre-Val de Loire",
    "HDF": "Hauts-de-France",
    "IDF": "Île-de-France",
    "PDL": "Pays de la Loire",
}

FORMER = {
    "Alsace": "Grand Est",
    "Champagne-Ardenne": "Grand Est",
    "Lorraine": "Grand Est",
    "Aquitaine": "Nouvelle-Aquitaine",
    "Limousin": "Nouvelle-Aquitaine",
    "Poitou-Charentes": "Nouvelle-Aquitaine",
    "Auvergne": "Auvergne-Rhône-Alpes",
    "Rhône-Alpes": "Auvergne-Rhône-Alpes",
    "Bourgogne": "Bourgogne-Franche-Comté",
    "Franche-Comté": "Bourgogne-Franche-Comté",
    "Centre": "Centre-Val de Loire",
    "Languedoc-Roussillon": "Occitanie",
    "Midi-Pyrénées": "Occitanie",
    "Nord-Pas-de-Calais": "Hauts-de-France",
    "Picardie": "Hauts-de-France",
    "Basse-Normandie": "Normandie",
    "Haute-Normandie": "Normandie",
}
"""The regions up to 2015, and those that hold them since. All are still names of places."""

# What may also be a landscape, a coast, a strait: the upper Loire, the south of Corsica.
LANDSCAPES = frozenset(
    {"Côte-d'Or", "Corse-du-Sud", "Pas-de-Calais"}
    | {name for name in DEPARTMENTS.values() if name.startswith(("Haut", "Bas-"))}
)
