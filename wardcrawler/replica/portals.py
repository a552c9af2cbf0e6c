"""The imitation portals: their units, their looks and their sections.

Constants only. Portal classes that crawl them take ``title``, ``level``, ``province`` and ``sections`` from
here; the address is known only while a replica is running (:meth:`wardcrawler.replica.Replica.address`).
"""

from dataclasses import dataclass
from typing import Literal

Variant = Literal["liferay-hcmc", "liferay"]
Look = Literal["hcmc", "hook", "stock"]

NEWS = "Tin tức – Sự kiện"
NOTICES = "Thông báo"
REFORM = "Cải cách hành chính"


@dataclass(frozen=True, slots=True)
class ReplicaPortal:
    """One portal.

    ``sections`` maps a section's title to its path. ``variant`` is the platform a crawler should recognise,
    ``look`` the page template: ``hcmc`` (hochiminhcity.gov.vn), ``hook`` (Vietnamese asset publisher hook of
    Liferay 6.1) or ``stock`` (Liferay 6.2 as delivered). ``site`` is the path all pages live under,
    ``instance`` the id of the asset publisher portlet, ``group`` the site id in addresses of files.
    """

    name: str
    title: str
    level: Literal["ward", "district"]
    province: str
    variant: Variant
    look: Look
    site: str
    instance: str
    group: int
    page_size: int
    sections: dict[str, str]


def _sections(site: str) -> dict[str, str]:
    return {
        NEWS: f"{site}/tin-tuc-su-kien",
        NOTICES: f"{site}/thong-bao",
        REFORM: f"{site}/cai-cach-hanh-chinh",
    }


WARD_9 = ReplicaPortal(
    name="phuong-9",
    title="UBND Phường 9, Quận Tân Hòa",
    level="ward",
    province="hcm",
    variant="liferay-hcmc",
    look="hcmc",
    site="/web/phuong9",
    instance="k3Jd8sLqPz7T",
    group=20182,
    page_size=10,
    sections=_sections("/web/phuong9"),
)
WARD_10 = ReplicaPortal(
    name="phuong-10",
    title="UBND Phường 10, Quận Tân Hòa",
    level="ward",
    province="hcm",
    variant="liferay-hcmc",
    look="hook",
    site="/web/phuong10",
    instance="b7Wc2nXeRm4Y",
    group=30416,
    page_size=10,
    sections=_sections("/web/phuong10"),
)
DISTRICT = ReplicaPortal(
    name="quan",
    title="UBND Quận Tân Hòa",
    level="district",
    province="hcm",
    variant="liferay",
    look="stock",
    site="/web/quan",
    instance="Uq5vTz1HgKaF",
    group=10157,
    page_size=10,
    sections=_sections("/web/quan"),
)

PORTALS = (WARD_9, WARD_10, DISTRICT)


def bench_portal() -> ReplicaPortal:
    """Return the portal that benchmarks crawl: one section, 100 articles a listing page."""
    return ReplicaPortal(
        name="bench",
        title="UBND Phường 11, Quận Tân Hòa",
        level="ward",
        province="hcm",
        variant="liferay-hcmc",
        look="hcmc",
        site="/web/phuong11",
        instance="m9Qe4yVbNs2L",
        group=40733,
        page_size=100,
        sections={NEWS: "/web/phuong11/tin-tuc-su-kien"},
    )


def quiet_portal(number: int) -> ReplicaPortal:
    """Return one of many tiny portals (``quiet-001`` …): two sections, a handful of articles."""
    site = f"/web/xa{number:03d}"
    return ReplicaPortal(
        name=f"quiet-{number:03d}",
        title=f"UBND Phường {20 + number}, Quận Tân Hòa",
        level="ward",
        province="hcm",
        variant="liferay-hcmc",
        look="hcmc",
        site=site,
        instance=f"q{number:03d}RtYuIoPa",
        group=50000 + number,
        page_size=10,
        sections={NEWS: f"{site}/tin-tuc-su-kien", NOTICES: f"{site}/thong-bao"},
    )
