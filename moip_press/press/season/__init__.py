"""A season: many kits built one beside another, on this computer or on a cluster.

``parcels.py`` is what a worker needs to build a kit and what it answers, ``worker.py`` what runs
there, ``crews.py`` who works; ``building.py`` hands out the kits and publishes what comes back.
``checking.py`` proofreads all kits, and ``reports.py`` shows how it went.
"""
