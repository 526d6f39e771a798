-- Which layers does each method keep?
-- In percent of the layer's weights, means over seeds; "of_all" is the layer's share of all weights
-- that are kept.
with shares as (
  select *, kept / sum(kept) over (partition by run, cycle) as share from layers
)
select method, variant, cycle, position, tensor, round(100 * avg(density), 3) as density,
  round(100 * avg(share), 2) as of_all
from shares
group by method, variant, cycle, position, tensor
order by method, variant, cycle, position
