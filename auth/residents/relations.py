"""続柄: from "to the head of the household", as the register has it, to "to this person"."""

from auth.names import Sex
from auth.residents.models import Resident

HEAD = "本人"
_SPOUSES = frozenset({"夫", "妻"})
_CHILDREN = frozenset({"子", "長男", "長女", "二男", "二女", "三男", "三女"})
_CHILDREN_IN_LAW = frozenset({"子の妻", "子の夫"})
_PARENTS = frozenset({"父", "母"})
_CHILDS_CHILD = "子の子"
_GRANDCHILD = "孫"


def relation_between(person: Resident, other: Resident) -> str:
    """What ``other`` is to ``person`` (妻, 子, 母 …); empty where the register doesn't tell.

    Both are of one household. What follows with certainty is said, the rest is left to the
    person: a wrong word in an application is worse than a missing one.
    """
    mine, theirs = person.relation or "", other.relation or ""
    if mine == HEAD:
        return _GRANDCHILD if theirs == _CHILDS_CHILD else theirs
    if mine in _SPOUSES:
        if theirs == HEAD:
            return _by_sex(other, "夫", "妻")
        if theirs in _CHILDREN | _CHILDREN_IN_LAW:
            return theirs
        if theirs == _CHILDS_CHILD:
            return _GRANDCHILD
        return f"義{theirs}" if theirs in _PARENTS else ""
    if mine in _CHILDREN:
        if theirs == HEAD or theirs in _SPOUSES:
            return _by_sex(other, "父", "母")
        if theirs in _CHILDREN:
            return _sibling(person, other)
        return f"祖{theirs}" if theirs in _PARENTS else ""
    if mine in _PARENTS:
        if theirs == HEAD:
            return "子"
        if theirs in _SPOUSES:
            return f"子の{theirs}"
        return _GRANDCHILD if theirs in _CHILDREN else ""
    if theirs == HEAD or theirs in _SPOUSES:
        if mine in _CHILDREN_IN_LAW:
            return _by_sex(other, "義父", "義母")
        if mine == _CHILDS_CHILD:
            return _by_sex(other, "祖父", "祖母")
    return ""


def is_spouse(relation: str) -> bool:
    """Whether ``relation_between`` says husband or wife."""
    return relation in _SPOUSES


def is_child(relation: str) -> bool:
    """Whether ``relation_between`` says son or daughter."""
    return relation in _CHILDREN


def _sibling(person: Resident, other: Resident) -> str:
    if other.birth_date == person.birth_date:
        return "きょうだい"  # 双子: who came first stands nowhere
    if other.birth_date < person.birth_date:
        return _by_sex(other, "兄", "姉")
    return _by_sex(other, "弟", "妹")


def _by_sex(resident: Resident, male: str, female: str) -> str:
    return {Sex.MALE: male, Sex.FEMALE: female}.get(Sex(resident.sex), "")
