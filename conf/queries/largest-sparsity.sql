-- How many weights can each method take away at no more than half a point of accuracy?
-- In percent on test, means over seeds, against the dense network of the same method. Methods that
-- prune at initialisation have no dense network, and no row.
with means as (
  select method, variant, cycle, 100 * avg(density) as density, 100 * avg(accuracy) as accuracy
  from cycles
  where split = 'test' and subject = 'merged'
  group by all
), dense as (
  select method, variant, accuracy from means where density = 100
)
select method, variant, round(dense.accuracy, 2) as dense, round(100 - min(density), 3) as sparsity,
  round(arg_min(means.accuracy, density), 2) as accuracy
from means join dense using (method, variant)
where means.accuracy >= dense.accuracy - 0.5
group by method, variant, dense.accuracy
order by sparsity desc, method, variant
