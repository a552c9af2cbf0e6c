"""The words of a unit's texts: its offices, streets and places. All places are invented."""

from dataclasses import dataclass

STREETS = (
    "đường Hoa Sứ", "đường Bờ Đê", "đường Cầu Gỗ", "đường Lò Gạch", "đường Vườn Mít", "đường Giếng Nước",
    "đường Bến Đò", "đường Hàng Keo", "đường Ruộng Muối", "đường Ao Sen", "đường Gò Me", "đường Xóm Dệt",
    "đường số 7", "đường số 12", "đường Tân Hòa 3",
)  # fmt: skip
MARKETS = ("chợ Tân Hòa", "chợ Bến Đò", "chợ Gò Me", "chợ Xóm Dệt")
PLACES = (
    "công viên Hoa Sứ", "sân vận động Tân Hòa", "nhà văn hóa Ao Sen", "bến xe buýt Cầu Gỗ",
    "khu lưu niệm Vườn Mít", "thư viện Gò Me", "ngã ba Giếng Nước",
)  # fmt: skip
SCHOOLS = (
    "Trường Tiểu học Hoa Sứ", "Trường THCS Gò Me", "Trường Mầm non Ao Sen", "Trường Tiểu học Bến Đò",
    "Trường THCS Cầu Gỗ", "Trường Mầm non Vườn Mít", "Trường Tiểu học Xóm Dệt",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """The words of one unit: ``fixed`` fill a slot always alike, ``varied`` offer several in turn."""

    fixed: dict[str, str]
    varied: dict[str, tuple[str, ...]]


def ward(number: int) -> Unit:
    """Return the words of ward ``number`` of the invented district; its parts are nine ``khu phố``."""
    halls = (
        "hội trường UBND phường",
        f"Trung tâm Văn hóa - Thể thao Phường {number}",
        "nhà văn hóa khu phố 2",
        "Trung tâm học tập cộng đồng phường",
    )
    parts = tuple(f"khu phố {n}" for n in range(1, 10))
    return _unit(f"Phường {number}", "phường", halls, parts)


def district() -> Unit:
    """Return the words of the invented district; its parts are wards."""
    halls = (
        "hội trường UBND quận",
        "Trung tâm Văn hóa quận",
        "Nhà Thiếu nhi quận",
        "Trung tâm Bồi dưỡng chính trị quận",
    )
    parts = tuple(f"Phường {n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15))
    return _unit("Quận Tân Hòa", "quận", halls, parts)


def _unit(name: str, kind: str, halls: tuple[str, ...], parts: tuple[str, ...]) -> Unit:
    is_ward = kind == "phường"
    committee = "Đảng ủy phường" if is_ward else "Quận ủy"
    return Unit(
        fixed={
            "don_vi": name,
            "cap": kind,
            "don_vi_nho": "khu phố" if is_ward else "phường",
            "dang_uy": committee,
            "ubnd": f"UBND {kind}",
            "ubnd_hoa": f"Ủy ban nhân dân {kind}",
            "mttq": f"Ủy ban MTTQ Việt Nam {kind}",
            "bi_thu": f"đồng chí Bí thư {committee}",
            "chu_tich": f"đồng chí Chủ tịch UBND {kind}",
            "chu_tich_chuc_danh": f"Chủ tịch UBND {kind}",
            "pho_chu_tich": f"đồng chí Phó Chủ tịch UBND {kind}",
            "mt": f"đồng chí Chủ tịch Ủy ban MTTQ Việt Nam {kind}",
            "cong_an": f"Công an {kind}",
            "tram_y_te": "Trạm Y tế phường" if is_ward else "Trung tâm Y tế quận",
            "doan": "Đoàn phường" if is_ward else "Quận Đoàn",
            "ccb": f"Hội Cựu chiến binh {kind}",
        },
        varied={
            "hoi_truong": halls,
            "dia_ban": parts,
            "duong": STREETS,
            "cho": MARKETS,
            "dia_diem": PLACES,
            "truong": SCHOOLS,
        },
    )
