"""The old units of a list: which mentions are one unit, which unit of the register each is, how it ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from judapp.app.commune_names import district_key, kind_words, spelled
from judapp.app.unit_list_mergers import detach
from judapp.app.unit_list_outcome import ENDED, MEND, OTHER, SAME, SPLIT, UNCLEAR
from judapp.app.unit_list_register import DAY, Draft
from judapp.app.unit_list_said import OldSaid, UnitSaid
from judapp.app.unit_list_words import office_kind
from judapp.domain.unit import COMMUNE, UnitState

if TYPE_CHECKING:
    from judapp.app.unit_list_plan import Planner


class Old:
    """One old unit: everything the list says of it, and the unit it is."""

    def __init__(self, kind: str, day: date) -> None:
        self.kind, self.day = kind, day
        self.mentions: list[tuple[OldSaid, UnitSaid]] = []
        self.draft: Draft | None = None
        self.name = self.district = self.code = self.province = ""

    def add(self, said: OldSaid, into: UnitSaid) -> None:
        """One more mention."""
        self.mentions.append((said, into))
        self.name = self.name or said.name
        self.district = self.district or said.district
        self.code = self.code or said.code
        self.province = self.province or said.province

    def fits(self, said: OldSaid) -> bool:
        """Whether a mention may mean this unit: neither code nor district says otherwise."""
        if said.code and self.code:
            return said.code == self.code
        return not (said.district and self.district) or district_key(said.district) == district_key(
            self.district
        )

    @property
    def first(self) -> OldSaid:
        """The first mention."""
        return self.mentions[0][0]

    @property
    def into(self) -> list[UnitSaid]:
        """The units it went into."""
        return list({spelled(said.name): said for _, said in self.mentions}.values())

    def whole_into(self, said: UnitSaid) -> bool:
        """Whether all of it went into a unit."""
        return len(self.into) == 1 and all(old.whole for old, new in self.mentions if new is said)


class OldUnits:
    """All old units of a list."""

    def __init__(
        self, planner: Planner, entries: list[UnitSaid], matched: Mapping[int, Draft | None]
    ) -> None:
        """``matched``: the unit of the register each entry is, by its ``id``."""
        self._planner, self._matched = planner, matched
        self._by_new: dict[int, list[Old]] = defaultdict(list)
        self._unclear: set[int] = set()
        self.uids: set[str] = set()
        self._all: list[Old] = []
        self._gather(entries)
        for same in self._named().values():
            self._tell_apart(same)
        self._homeless: list[Old] = []
        self._settled: set[int] = set()

    def settle(self, said: UnitSaid) -> None:
        """Find or make what went into a unit, and end it the day before."""
        for old in self.of(said):
            if id(old) not in self._settled:
                self._settled.add(id(old))
                self._settle(old)

    def finish(self) -> None:
        """Say once what holds for many: old communes nobody knows the province of."""
        if self._homeless:
            first, planner = self._homeless[0], self._planner
            planner.say(
                "UNL-no-province",
                "error",
                first.first.spot,
                n=len(self._homeless),
                name=first.name,
                provinces=", ".join(planner.book.provinces.values()),
            )

    def of(self, said: UnitSaid) -> list[Old]:
        """What went into a unit."""
        return self._by_new[id(said)]

    def unclear(self, said: UnitSaid) -> bool:
        """Whether something that went into it is not known yet."""
        return id(said) in self._unclear

    def continued(self, said: UnitSaid, day: date) -> Draft | None:
        """The old unit that goes on as ``said``: it went whole into it, and nothing else did."""
        found = self.of(said)
        if len(found) != 1 or said.kind != COMMUNE or not found[0].whole_into(said):
            return None
        draft = found[0].draft
        if draft is None or draft.on(day - DAY) is None:
            return None
        return draft

    # --- inside

    def _gather(self, entries: list[UnitSaid]) -> None:
        """Make one :class:`Old` of all mentions that can only be the same."""
        mentions: list[tuple[OldSaid, UnitSaid]] = []
        for said in entries:
            olds = said.olds
            if said.itself and not olds:
                olds = (OldSaid(said.name, said.spot),)
            mentions += [(old, said) for old in olds]
        # Those that say most come first, so that the others find the one they can mean.
        mentions.sort(key=lambda pair: -(bool(pair[0].code) + bool(pair[0].district)))
        for old, said in mentions:
            day = self._planner.merged_on(said, self._matched.get(id(said))) - DAY
            fitting = [
                known
                for known in self._all
                if known.kind == said.kind and spelled(known.name) == spelled(old.name) and known.fits(old)
            ]
            if len(fitting) > 1:
                self._planner.say("UNL-old-which", "error", old.spot, name=old.name)
                self._unclear.add(id(said))
                continue
            if not fitting:
                fitting = [Old(said.kind, day)]
                self._all += fitting
            if fitting[0].day != day:
                one, other = sorted((fitting[0].day + DAY, day + DAY))
                self._planner.say("UNL-old-days", "error", old.spot, name=old.name, one=one, other=other)
                self._unclear.add(id(said))
                continue
            fitting[0].add(old, said)
            if fitting[0] not in self._by_new[id(said)]:
                self._by_new[id(said)].append(fitting[0])
        for found in self._by_new.values():
            found.sort(key=lambda own: (own.first.spot.sheet, _natural(own.first.spot.cell)))

    def _named(self) -> dict[tuple[str, str], list[Old]]:
        found: dict[tuple[str, str], list[Old]] = defaultdict(list)
        for old in self._all:
            found[old.kind, spelled(old.name)].append(old)
        return found

    @staticmethod
    def _tell_apart(same: list[Old]) -> None:
        """Several old communes of one name bear their district, as people tell them apart."""
        if len(same) > 1 and all(old.district for old in same):
            for old in same:
                old.name = f"{old.name} ({_lower(old.district)})"

    def _settle(self, old: Old) -> None:
        """Find or make the unit of an old one, and end it the day before."""
        planner = self._planner
        if len(old.into) > 1 and all(said.whole for said, _ in old.mentions):
            names = ", ".join(said.name for said in old.into)
            if not planner.ask("UNL-split", old.mentions[-1][0].spot, (SPLIT,), name=old.name, into=names):
                self._cannot(old)
                return
        draft, sure = self._find(old)
        if not sure:
            self._cannot(old)
            planner.tell(UNCLEAR, old.kind, old.name, old.first.spot)
            return
        if draft is None:
            draft = self._make(old)
            if draft is None:
                self._cannot(old)
                return
        goes_on = len(old.into) == 1 and self._is_alone(old)
        stays = goes_on and self._matched.get(id(old.into[0])) is draft
        claimed = any(found is draft for found in self._matched.values())
        if claimed and not stays and draft.on(old.day + DAY) is not None:
            draft = detach(planner, draft, old.day, old.first.spot, old.name)
            if draft is None:
                self._cannot(old)
                planner.tell(UNCLEAR, old.kind, old.name, old.first.spot)
                return
        old.draft = draft
        self.uids.add(draft.uid)
        state = draft.on(old.day)
        assert state is not None  # found or made on that day
        what = ENDED if draft.new else SAME
        ends = state.valid_to is None or state.valid_to > old.day
        if ends and not (goes_on and _same_name(old)):
            planner.book.change(draft, state, replace(state, valid_to=old.day))
            what = ENDED
        if not (goes_on and _same_name(old)):
            planner.tell(what, old.kind, old.name, old.first.spot, day=old.day)

    def _is_alone(self, old: Old) -> bool:
        return len(self.of(old.into[0])) == 1 and old.whole_into(old.into[0])

    def _cannot(self, old: Old) -> None:
        self._unclear |= {id(said) for said in old.into}

    def _find(self, old: Old) -> tuple[Draft | None, bool]:
        """The unit of the register, None for a new one; False where only a person can say."""
        book, day = self._planner.book, old.day
        if old.code and (found := book.by_code(old.kind, old.code, day)) is not None:
            return self._same_or_mended(old, found)
        for name in dict.fromkeys((old.name, old.first.name, self._with_district(old))):
            named = [d for d in book.by_name(old.kind, name, day) if d.uid not in self.uids]
            if len(named) == 1:
                return named[0], True
            if len(named) > 1:
                self._planner.say("UNL-old-which", "error", old.first.spot, name=old.name)
                return None, False
        alike = [d for d in book.alike(old.kind, old.first.name, day) if d.uid not in self.uids]
        if len(alike) == 1 and not self._listed(alike[0], day):
            state = alike[0].on(day)
            assert state is not None  # alike on that day
            answer = self._planner.ask(
                "UNL-old-alike", old.first.spot, (MEND, OTHER), name=old.name, known=state.name
            )
            if answer == MEND:
                book.change(alike[0], state, replace(state, name=old.name))
            return (alike[0] if answer == MEND else None), bool(answer)
        return None, True

    def _same_or_mended(self, old: Old, found: Draft) -> tuple[Draft | None, bool]:
        state = found.on(old.day)
        assert state is not None  # it bears the code on that day
        if spelled(state.name) in (
            spelled(old.name),
            spelled(old.first.name),
            spelled(self._with_district(old)),
        ):
            return found, True
        answer = self._planner.ask(
            "UNL-old-code", old.first.spot, (MEND,), name=old.name, known=state.name, code=old.code
        )
        if answer == MEND:
            self._planner.book.change(found, state, replace(state, name=old.name))
        return (found if answer else None), bool(answer)

    def _listed(self, draft: Draft, day: date) -> bool:
        """Whether the list names a unit by its own name as well."""
        state = draft.on(day)
        return state is not None and any(spelled(old.name) == spelled(state.name) for old in self._all)

    @staticmethod
    def _with_district(old: Old) -> str:
        return f"{old.first.name} ({_lower(old.district)})" if old.district else old.first.name

    def _make(self, old: Old) -> Draft | None:
        planner, book = self._planner, self._planner.book
        parent = book.parent(old.day)
        if old.province and (named := book.province(old.province)) is not None:
            parent = named
        elif old.province and old.kind == COMMUNE and len(book.provinces) > 1:
            planner.say("UNL-province", "error", old.first.spot, name=old.province)
            return None
        if parent is None and old.kind == COMMUNE:
            self._homeless.append(old)
            return None
        if old.code and (bearer := book.bearer(old.code, old.day)):
            planner.say(
                "UNL-code-taken", "error", old.first.spot, code=old.code, name=old.name, bearer=bearer
            )
            return None
        commune = old.kind == COMMUNE
        subkind = kind_words(old.first.name) if commune else office_kind(old.name, "")[1]
        since = min(book.beginning(parent), old.day)
        state = UnitState(since, old.day, old.code, old.name, subkind, parent)
        heir = self._matched.get(id(old.into[0])) if commune and self._is_alone(old) else None
        if heir is not None and heir.on(old.day) is None:
            book.put(heir, book.coded(state))  # the register had only what it became
            return heir
        return book.add(old.kind, state)


def _same_name(old: Old) -> bool:
    return spelled(old.first.name) == spelled(old.into[0].name)


def _lower(district: str) -> str:
    return district[:1].lower() + district[1:]


def _natural(cell: str) -> tuple[int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), letters
