"""The families' portals by name."""

from wardcrawler.replica.families.blocks.family import BlockThemeFamily, PlainAddressesFamily
from wardcrawler.replica.families.dnn.cmsview import CmsviewFamily
from wardcrawler.replica.families.dnn.easy import EasyDnnFamily
from wardcrawler.replica.families.dnn.stock import DnnStockFamily
from wardcrawler.replica.families.family import Family, FamilyPortal
from wardcrawler.replica.families.generic import GenericFamily
from wardcrawler.replica.families.hatinh import HaTinhFamily
from wardcrawler.replica.families.joomla import JoomlaFamily, K2Family
from wardcrawler.replica.families.liferay.asset_publishers import BacGiangFamily, MohFamily, SoNoiVuFamily
from wardcrawler.replica.families.liferay.danang import DanangFamily, DanangOldFamily
from wardcrawler.replica.families.liferay.labelled import DanangWardFamily, QuangTriFamily
from wardcrawler.replica.families.liferay.portlets import BacNinhFamily, EcoItFamily, VnptLiferayFamily
from wardcrawler.replica.families.nukeviet import NukeVietFamily
from wardcrawler.replica.families.sharepoint.lists import NidFamily, PostFamily
from wardcrawler.replica.families.sharepoint.tandan import TanDanFamily
from wardcrawler.replica.families.vhv import VhvFamily
from wardcrawler.replica.families.vnpt import VnptFamily
from wardcrawler.replica.families.webforms import WebFormsFamily
from wardcrawler.replica.families.wordpress import WordPressFamily
from wardcrawler.replica.portals import PORTALS, ReplicaPortal

FAMILIES: dict[str, Family] = {
    family.portal.name: family
    for family in (
        HaTinhFamily(),
        VnptFamily(),
        NukeVietFamily(),
        VhvFamily(),
        TanDanFamily(),
        PostFamily(),
        NidFamily(),
        JoomlaFamily(),
        K2Family(),
        DnnStockFamily(),
        EasyDnnFamily(),
        CmsviewFamily(),
        WordPressFamily(),
        WebFormsFamily(),
        DanangFamily(),
        DanangOldFamily(),
        DanangWardFamily(),
        QuangTriFamily(),
        EcoItFamily(),
        VnptLiferayFamily(),
        BacNinhFamily(),
        SoNoiVuFamily(),
        BacGiangFamily(),
        MohFamily(),
        GenericFamily(),
    )
}

BLOCK_THEMES: dict[str, BlockThemeFamily] = {
    family.portal.name: family for family in (BlockThemeFamily(), PlainAddressesFamily())
}
"""Served beside the others, and crawled by tests of their own: the demo leaves them out."""
SERVED: dict[str, Family] = FAMILIES | BLOCK_THEMES

FAMILY_PORTALS: tuple[FamilyPortal, ...] = tuple(family.portal for family in FAMILIES.values())
ALL_PORTALS: tuple[ReplicaPortal | FamilyPortal, ...] = (*PORTALS, *FAMILY_PORTALS)
