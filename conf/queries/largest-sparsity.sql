-- How many weights can each method take away at no more than half a point of accuracy?
-- In percent on test, means over seeds, against the dense network of the same method and seed; "se"
-- is the standard error of the difference there, empty for one seed. The report's "Essential
-- sparsity" has intervals and other margins. Methods that prune at initialisation have no dense
-- network, and no row, unless their densities begin at 1.
with results as (
  select method, variant, seed, cycle, 100 * density as density, 100 * accuracy as accuracy
  from cycles
  where split = 'test' and subject = 'merged'
), dense as (
  select method, variant, seed, accuracy as dense from results where density = 100
), means as (
  select method, variant, cycle, avg(density) as density, avg(accuracy) as accuracy,
    avg(dense) as dense, stddev_samp(accuracy - dense) / sqrt(count(*)) as se
  from results join dense using (method, variant, seed)
  group by method, variant, cycle
)
select method, variant, round(arg_min(dense, density), 2) as dense,
  round(100 - min(density), 3) as sparsity, round(arg_min(accuracy, density), 2) as accuracy,
  round(arg_min(se, density), 2) as se
from means
where accuracy >= dense - 0.5
group by method, variant
order by sparsity desc, method, variant
