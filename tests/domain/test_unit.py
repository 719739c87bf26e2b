"""Units through time: codes are reused, units merge and divide, clusters change by year (domain 2)."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from judapp.domain.unit import CLUSTER, COMMUNE, NATION, NOTARY, PROVINCE, Succession, Unit, Units, UnitState
from judapp.errors import JudappError
from tests.domain.builders import day

REFORM = day("1/7/2025")
EVE = day("30/6/2025")
FOUNDED = day("1/8/2008")


def unit(uid: str, code: str, name: str, kind: str = PROVINCE, **dates: date | None) -> Unit:
    since, until = dates.get("since") or FOUNDED, dates.get("until")
    return Unit(uid, kind, (UnitState(since, until, code, name, parent=None if kind == NATION else "vn"),))


REGISTER = Units(
    [
        unit("vn", "VN", "Toàn quốc", NATION),
        unit("yb", "15", "Tỉnh Yên Bái", until=EVE),
        unit("lc", "10", "Tỉnh Lào Cai", until=EVE),
        unit("lc2", "15", "Tỉnh Lào Cai", since=REFORM),
        unit("na", "40", "Tỉnh Nghệ An"),
        unit("hn", "01", "Thành phố Hà Nội"),
        unit("hp", "31", "Thành phố Hải Phòng"),
        Unit(
            "dn",
            PROVINCE,
            (
                UnitState(REFORM, day("31/12/2025"), "75", "Tỉnh Đồng Nai", parent="vn"),
                UnitState(day("1/1/2026"), None, "75", "Thành phố Đồng Nai", parent="vn"),
            ),
        ),
        unit("tptw", "", "Cụm các thành phố trực thuộc Trung ương", CLUSTER),
    ],
    [Succession("yb", "lc2", REFORM), Succession("lc", "lc2", REFORM)],
    [
        ("tptw", 2024, "hn"),
        ("tptw", 2024, "hp"),
        ("tptw", 2026, "hn"),
        ("tptw", 2026, "hp"),
        ("tptw", 2026, "dn"),
    ],
)


# codes


def test_code_15_is_yen_bai_to_the_eve_of_the_reform_and_lao_cai_from_it() -> None:
    assert [REGISTER.by_code("15", on).uid for on in (EVE, REFORM)] == ["yb", "lc2"]


def test_a_code_nobody_ever_bore_is_unknown() -> None:
    with pytest.raises(JudappError) as raised:
        REGISTER.by_code("99", EVE)
    assert (raised.value.code, raised.value.params) == ("UNT-001", {"unit": "99"})


def test_a_code_borne_at_another_time_is_told_with_its_bearers() -> None:
    with pytest.raises(JudappError) as raised:
        REGISTER.by_code("10", REFORM)
    assert raised.value.code == "UNT-002"
    assert raised.value.params == {
        "unit": "10",
        "day": "01/07/2025",
        "others": "Tỉnh Lào Cai (01/08/2008 – 30/06/2025)",
    }


def test_all_bearers_of_a_reused_code_are_told() -> None:
    with pytest.raises(JudappError) as raised:
        REGISTER.by_code("15", day("1/1/2000"))
    assert raised.value.params["others"] == (
        "Tỉnh Yên Bái (01/08/2008 – 30/06/2025); Tỉnh Lào Cai (01/07/2025 – …)"
    )


# states and names


def test_a_unit_is_called_as_on_the_day() -> None:
    assert [REGISTER.name("dn", day(on)) for on in ("31/12/2025", "1/1/2026")] == [
        "Tỉnh Đồng Nai",
        "Thành phố Đồng Nai",
    ]


def test_a_unit_that_did_not_exist_has_no_state_and_its_newest_name() -> None:
    assert REGISTER.state("lc2", EVE) is None
    assert REGISTER.state("yb", REFORM) is None
    assert REGISTER.name("dn", EVE) == "Thành phố Đồng Nai"


def test_both_days_of_a_state_belong_to_it() -> None:
    state = UnitState(REFORM, day("31/12/2025"), "75", "Tỉnh Đồng Nai")
    held = [state.holds_on(day(on)) for on in ("30/6/2025", "1/7/2025", "31/12/2025", "1/1/2026")]
    assert held == [False, True, True, False]


def test_a_unit_is_looked_up_by_its_uid_alone() -> None:
    assert REGISTER["lc"].kind == PROVINCE
    assert [u.uid for u in REGISTER][:3] == ["vn", "yb", "lc"]
    with pytest.raises(KeyError):
        REGISTER["15"]


@pytest.mark.parametrize(
    "text",
    ["tỉnh nghệ an", "TINH NGHE AN", "Tỉnh  Nghệ\u00a0An ", unicodedata.normalize("NFD", "Tỉnh Nghệ An")],
)
def test_a_unit_is_found_by_its_name_whatever_its_marks_and_case(text: str) -> None:
    assert [u.uid for u in REGISTER.by_name(text, EVE)] == ["na"]


def test_a_name_is_read_as_of_the_day() -> None:
    assert [u.uid for u in REGISTER.by_name("Tỉnh Lào Cai", EVE)] == ["lc"]
    assert [u.uid for u in REGISTER.by_name("Tỉnh Lào Cai", REFORM)] == ["lc2"]
    assert REGISTER.by_name("Tỉnh Yên Bái", REFORM) == []


def test_a_name_is_never_guessed_from_a_part_of_it() -> None:
    assert REGISTER.by_name("Nghệ An", EVE) == []
    assert REGISTER.by_name("Thành phố Nghệ An", EVE) == []


def test_two_units_of_one_name_are_both_told_unless_the_kind_is_known() -> None:
    both = Units([unit("a", "1", "Nghi Lộc", COMMUNE), unit("b", "2", "Nghi Lộc", NOTARY)])
    assert [u.uid for u in both.by_name("nghi loc", EVE)] == ["a", "b"]
    assert [u.uid for u in both.by_name("nghi loc", EVE, [NOTARY])] == ["b"]


# below and together


def commune(uid: str, code: str, parents: dict[str, tuple[date, date | None]]) -> Unit:
    return Unit(
        uid,
        COMMUNE,
        tuple(UnitState(since, until, code, f"Xã {uid}", parent=p) for p, (since, until) in parents.items()),
    )


def test_the_units_below_are_those_of_the_day_by_code() -> None:
    register = Units(
        [
            unit("yb", "15", "Tỉnh Yên Bái", until=EVE),
            unit("lc2", "15", "Tỉnh Lào Cai", since=REFORM),
            commune("b", "00002", {"yb": (FOUNDED, EVE), "lc2": (REFORM, None)}),
            commune("a", "00001", {"lc2": (REFORM, None)}),
            Unit("vp", NOTARY, (UnitState(REFORM, None, "0", "VPCC", parent="lc2"),)),
        ]
    )
    assert [u.uid for u in register.children("lc2", REFORM)] == ["vp", "a", "b"]
    assert [u.uid for u in register.children("lc2", REFORM, COMMUNE)] == ["a", "b"]
    assert [u.uid for u in register.children("lc2", EVE)] == []
    assert [u.uid for u in register.children("yb", EVE)] == ["b"]
    assert register.children("na", EVE) == []


def test_the_members_of_a_cluster_are_those_of_the_year() -> None:
    assert [u.uid for u in REGISTER.members("tptw", 2024)] == ["hn", "hp"]
    assert [u.uid for u in REGISTER.members("tptw", 2026)] == ["hn", "hp", "dn"]
    assert REGISTER.members("tptw", 2019) == []


# successions


def test_before_the_reform_the_new_lao_cai_is_yen_bai_and_the_old_one() -> None:
    """The same period last year of a merged province is the sum of its predecessors."""
    before = REGISTER.predecessors("lc2", EVE)
    assert [REGISTER.name(u.uid, EVE) for u in before] == ["Tỉnh Yên Bái", "Tỉnh Lào Cai"]
    assert [u.uid for u in REGISTER.origins("lc2")] == ["yb", "lc"]


def test_a_unit_that_existed_is_its_own_predecessor_and_successor() -> None:
    assert [u.uid for u in REGISTER.predecessors("lc2", REFORM)] == ["lc2"]
    assert [u.uid for u in REGISTER.predecessors("na", EVE)] == ["na"]
    assert [u.uid for u in REGISTER.successors("na", REFORM)] == ["na"]
    assert [u.uid for u in REGISTER.successors("yb", EVE)] == ["yb"]
    assert REGISTER.origins("na") == []


def test_after_the_reform_the_new_lao_cai_carries_on_both() -> None:
    assert [u.uid for old in ("yb", "lc") for u in REGISTER.successors(old, REFORM)] == ["lc2", "lc2"]


def test_nobody_known_is_nobody_told() -> None:
    assert REGISTER.predecessors("lc2", day("1/1/2000")) == []
    assert REGISTER.successors("na", day("1/1/2000")) == []


def life(uid: str, since: str, until: str | None) -> Unit:
    return unit(uid, uid, f"Xã {uid}", COMMUNE, since=day(since), until=day(until) if until else None)


def test_chains_of_mergers_are_followed_both_ways() -> None:
    """Communes merged in 2020 and merged again on 01/7/2025."""
    register = Units(
        [
            life("a", "1/1/2000", "31/12/2019"),
            life("b", "1/1/2000", "31/12/2019"),
            life("c", "1/1/2000", "30/6/2025"),
            life("ab", "1/1/2020", "30/6/2025"),
            life("abc", "1/7/2025", None),
        ],
        [
            Succession("a", "ab", day("1/1/2020")),
            Succession("b", "ab", day("1/1/2020")),
            Succession("ab", "abc", REFORM),
            Succession("c", "abc", REFORM),
        ],
    )
    assert {u.uid for u in register.predecessors("abc", day("1/6/2015"))} == {"a", "b", "c"}
    assert {u.uid for u in register.predecessors("abc", day("1/6/2022"))} == {"ab", "c"}
    assert [u.uid for u in register.successors("a", day("1/6/2022"))] == ["ab"]
    assert [u.uid for u in register.successors("a", REFORM)] == ["abc"]
    assert [u.uid for u in register.successors("c", REFORM)] == ["abc"]


def test_a_divided_unit_goes_on_in_all_its_parts() -> None:
    register = Units(
        [life("x", "1/1/2000", "30/6/2025"), life("y", "1/7/2025", None), life("z", "1/7/2025", None)],
        [Succession("x", "y", REFORM), Succession("x", "z", REFORM)],
    )
    assert [u.uid for u in register.successors("x", REFORM)] == ["y", "z"]
    assert [u.uid for part in "yz" for u in register.predecessors(part, EVE)] == ["x", "x"]


def test_only_what_lies_between_the_days_is_followed() -> None:
    """Split off in 2015, merged into a neighbour in 2021: before and after, nobody stands for it."""
    register = Units(
        [life("a", "1/1/2000", None), life("x", "1/1/2015", "31/12/2020"), life("y", "1/1/2000", None)],
        [Succession("a", "x", day("1/1/2015")), Succession("x", "y", day("1/1/2021"))],
    )
    assert register.predecessors("x", day("1/6/2022")) == []
    assert register.successors("x", day("1/6/2010")) == []
    assert [u.uid for u in register.predecessors("x", day("31/12/2014"))] == ["a"]
    assert [u.uid for u in register.successors("x", day("1/1/2021"))] == ["y"]


def test_a_unit_reached_by_two_ways_is_counted_once() -> None:
    """Divided in 2020, merged again in 2025: its figures of 2015 must not be summed twice."""
    register = Units(
        [
            life("x", "1/1/2000", "31/12/2019"),
            life("y", "1/1/2020", "30/6/2025"),
            life("z", "1/1/2020", "30/6/2025"),
            life("w", "1/7/2025", None),
        ],
        [
            Succession("x", "y", day("1/1/2020")),
            Succession("x", "z", day("1/1/2020")),
            Succession("y", "w", REFORM),
            Succession("z", "w", REFORM),
        ],
    )
    assert [u.uid for u in register.predecessors("w", day("1/6/2015"))] == ["x"]
    assert [u.uid for u in register.successors("x", REFORM)] == ["w"]


def test_a_register_that_goes_round_in_a_circle_does_not_go_round_for_ever() -> None:
    """A list "xã cũ → xã mới" comes from people."""
    register = Units(
        [life("a", "1/1/2020", None), life("b", "1/1/2020", None)],
        [Succession("a", "b", REFORM), Succession("b", "a", REFORM)],
    )
    assert register.predecessors("a", day("1/1/2010")) == []
    assert register.successors("a", day("1/1/2010")) == []


# who ended and reported to whom


def ended(uid: str, parent: str | None, since: date, until: date | None) -> Unit:
    return Unit(uid, COMMUNE, (UnitState(since, until, uid, f"Xã {uid}", parent=parent),))


BELOW = Units(
    [
        *REGISTER,
        Unit("huyen", "agency", (UnitState(FOUNDED, EVE, "h", "Huyện Văn Yên", parent="yb"),)),
        ended("a", "yb", FOUNDED, EVE),
        ended("b", "huyen", FOUNDED, EVE),
        ended("c", "lc2", REFORM, None),
        ended("d", "lc2", REFORM, day("30/9/2025")),
        ended("e", "x", FOUNDED, EVE),
        ended("f", None, FOUNDED, EVE),
        Unit(
            "g",
            COMMUNE,
            (
                UnitState(FOUNDED, EVE, "g", "Xã g", parent="na"),
                UnitState(REFORM, day("31/8/2025"), "g", "Xã g", parent="lc2"),
            ),
        ),
    ],
    [*REGISTER.successions, Succession("huyen", "c", REFORM)],
)


def left(uid: str, on: date) -> list[str]:
    return [own.uid for own in BELOW.left(uid, on)]


def test_who_ended_before_the_day_is_known_by_whom_it_reported_to_last() -> None:
    end = day("31/12/2025")
    assert left("lc2", end) == ["huyen", "a", "d", "g"]  # Yên Bái went whole into Lào Cai
    assert left("huyen", end) == ["b"]  # a commune is no district's heir
    assert left("na", end) == left("yb", end) == left("c", end) == []
    assert left("lc2", REFORM) == ["huyen", "a"]
    assert left("yb", EVE) == []  # everybody is still there


def test_a_province_divided_leaves_its_units_to_nobody() -> None:
    divided = Units(BELOW, [*BELOW.successions, Succession("yb", "na", REFORM)])
    assert [own.uid for own in divided.left("lc2", REFORM)] == []
    assert [own.uid for own in divided.left("yb", REFORM)] == ["huyen", "a"]
