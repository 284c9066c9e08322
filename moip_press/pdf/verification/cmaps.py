"""The maps from codes to glyphs that every reader has (ISO 32000-1, table 118)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

_FAMILIES = {
    "GB1": "GB-EUC GBpc-EUC GBK-EUC GBKp-EUC GBK2K UniGB-UCS2 UniGB-UTF16",
    "CNS1": "B5pc HKscs-B5 ETen-B5 ETenms-B5 CNS-EUC UniCNS-UCS2 UniCNS-UTF16",
    "Japan1": "83pv-RKSJ 90ms-RKSJ 90msp-RKSJ 90pv-RKSJ Add-RKSJ EUC Ext-RKSJ UniJIS-UCS2"
    " UniJIS-UCS2-HW UniJIS-UTF16",
    "Korea1": "KSC-EUC KSCms-UHC KSCms-UHC-HW KSCpc-EUC UniKS-UCS2 UniKS-UTF16",
}
_ONLY_ACROSS = ("83pv-RKSJ", "90pv-RKSJ", "KSCpc-EUC")


def _named() -> Iterator[tuple[str, str]]:
    yield from (("Identity-H", ""), ("Identity-V", ""), ("H", "Japan1"), ("V", "Japan1"))
    for ordering, stems in _FAMILIES.items():
        for stem in stems.split():
            yield f"{stem}-H", ordering
            if stem not in _ONLY_ACROSS:
                yield f"{stem}-V", ordering


PREDEFINED: Mapping[str, str] = MappingProxyType(dict(_named()))
"""By name, the collection of characters that a map belongs to; "" for any."""
