"""The classes of rpds that `referencing` uses, over Python's own: mappings and sets that are copied, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


class HashTrieMap(dict[Any, Any]):
    """A mapping; each change gives another."""

    @classmethod
    def convert(cls, value: Mapping[Any, Any]) -> HashTrieMap:
        """A mapping as one of these."""
        return value if isinstance(value, cls) else cls(value)

    def insert(self, key: Any, value: Any) -> HashTrieMap:  # noqa: ANN401
        """The mapping with another entry."""
        return HashTrieMap({**self, key: value})

    def remove(self, key: Any) -> HashTrieMap:  # noqa: ANN401
        """The mapping without an entry. Raises KeyError where there is none."""
        rest = HashTrieMap(self)
        del rest[key]
        return rest

    def update(self, *others: Any, **named: Any) -> HashTrieMap:  # type: ignore[override]  # noqa: ANN401
        """The mapping with the entries of others."""
        whole = dict(self)
        for other in others:
            whole.update(other)
        return HashTrieMap({**whole, **named})

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


class HashTrieSet(frozenset[Any]):
    """A set; each change gives another."""

    def insert(self, value: Any) -> HashTrieSet:  # noqa: ANN401
        """The set with another member."""
        return HashTrieSet([*self, value])

    def update(self, *others: Iterable[Any]) -> HashTrieSet:
        """The set with the members of others."""
        return HashTrieSet(self.union(*others))


class List(tuple[Any, ...]):
    """A list that grows and shrinks at its front; each change gives another."""

    __slots__ = ()

    def __new__(cls, *values: Any) -> List:  # noqa: ANN401, D102
        return super().__new__(cls, values[0] if len(values) == 1 else values)

    def push_front(self, value: Any) -> List:  # noqa: ANN401
        """The list with another first member."""
        return List([value, *self])

    @property
    def first(self) -> Any:  # noqa: ANN401
        """The first member."""
        return self[0]

    @property
    def rest(self) -> List:
        """All but the first member."""
        return List(tuple(self)[1:])
