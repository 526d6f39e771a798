-- How accurate is each method at each density, and how far do its seeds spread?
-- In percent on test. "sd" is the standard deviation over seeds, empty for one seed. Particles are
-- averaged within their run first.
with of_a_run as (
  select method, variant, subject, cycle, seed, avg(density) as density, avg(accuracy) as accuracy
  from cycles
  where split = 'test'
  group by all
)
select method, variant, subject, cycle, round(100 * avg(density), 3) as density,
  count(*) as seeds, round(100 * avg(accuracy), 2) as accuracy,
  round(100 * stddev_samp(accuracy), 2) as sd
from of_a_run
group by method, variant, subject, cycle
order by method, variant, subject, cycle
