"""The saved page that must come out perfect."""

from pathlib import Path

PAGES = Path(__file__).parents[1] / "portals" / "liferay"
URL = "https://phuong9.example.gov.vn/web/phuong9/-/hoi-nghi-giao-ban"


def seed_page() -> Path:
    (page,) = [page for page in PAGES.glob("hcmc-*.html") if "Võ Thị Sáu" in page.read_text(encoding="utf-8")]
    return page
