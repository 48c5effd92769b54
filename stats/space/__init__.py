"""Do neighbours resemble each other? Moran's I, global and local, by seeded permutation with false-discovery control.

    standardised_rates(events, population) -> Floats         comparable although populations differ
    Neighbours.of(pairs, units) -> Neighbours                row-standardised weights of those who have a neighbour
    moran(values, neighbours, ...) -> Global                 one number for the whole field
    local_moran(values, neighbours, ...) -> Local            one for each unit, and which stand out

esda has all three, and the tests hold these functions against it. It is not used in the app because its permutations
come from numpy's one global generator, which the readers of a server share: the same question would get another
p-value whenever two ask at once. Importing it also takes three seconds of some reader's click.
"""

from stats.space.moran import Global, Local, local_moran, moran
from stats.space.neighbours import Neighbours
from stats.space.rates import standardised_rates

__all__ = ["Global", "Local", "Neighbours", "local_moran", "moran", "standardised_rates"]
