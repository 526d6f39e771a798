-- By how much do two methods differ on the same seed?
-- Points of accuracy on test in the same cycle, first less second, over the seeds that both have;
-- "se" is the standard error of the mean, empty for one seed.
with results as (
  select concat_ws(' ', method, nullif(variant, '')) as method, seed, cycle, density, accuracy
  from cycles
  where split = 'test' and subject = 'merged'
)
select a.method as first, b.method as second, cycle, round(100 * avg(a.density), 3) as density,
  count(*) as seeds, round(100 * avg(a.accuracy - b.accuracy), 2) as difference,
  round(100 * stddev_samp(a.accuracy - b.accuracy) / sqrt(count(*)), 2) as se
from results as a join results as b using (seed, cycle)
where a.method < b.method and abs(a.density - b.density) < 0.0005
group by a.method, b.method, cycle
order by first, second, cycle
