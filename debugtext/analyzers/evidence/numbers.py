"""What the number of a crowd alone tells: people choose the size of a pool, in tens, eights or powers of two."""

_THOUSANDS, _EXCESSIVE = 1000, 10_000
_POOL_SIZES, _CHOSEN = (8, 10), (100, 64)
_ROUND = 100


def is_round_number(count: int) -> bool:
    """Whether there are thousands in a number that is hardly chance's."""
    return count >= _THOUSANDS and not count % _ROUND


def is_of_tens_or_eights(count: int) -> bool:
    """Whether it is a number as people give to a pool: so many tens, or eights."""
    return not all(count % size for size in _POOL_SIZES)


def is_of_hundreds_or_64s(count: int) -> bool:
    """Whether somebody may have chosen the number: in hundreds or in powers of two, and no more than anybody parks."""
    return count < _EXCESSIVE and not all(count % chosen for chosen in _CHOSEN)
