"""Growth: compares two readings (differences) or follows many (trends), by pure computation on records.

    from debugtext.growth.differences import compare   # (base, current) -> a Difference for each sample kind
    from debugtext.growth.trends import trends         # readings in time order -> Trend for each stack, total, MemStats

A Trend of a stack has no `name`; `trend.grew` is the verdict: significant, above sampling noise, still going on at the
end, and not contradicted by the live heap of MemStats. `shape` says what else it is, UNKNOWN below five points.
"""
