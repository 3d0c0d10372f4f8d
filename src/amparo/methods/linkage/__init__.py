"""Are these records of one child? Comparison, weights without labels, groups, a count with its doubt, encodings.

Plain Python; the engine is Splink on DuckDB (extra `linkage`). A statistician can use it alone::

    from amparo.methods.linkage.engine import Engine
    from amparo.methods.linkage.linking import link
    from amparo.methods.linkage.reading import Reader, people

    with Engine() as engine:
        linked = link(people([Path("a.csv"), Path("b.csv")], Reader()), engine=engine)
    print(linked.group)  # the child of each record of linked.ids

Nothing is imported here, because `names` is used where the extra is not installed.
"""
