-- Is the mean of a cycle's particles better than they are?
-- In points of accuracy on test, over seeds. Cycles of one particle are left out.
with of_a_run as (
  select method, variant, seed, cycle, avg(density) as density,
    avg(accuracy) filter (subject = 'merged') as mean,
    avg(accuracy) filter (subject = 'particle') as particles,
    max(accuracy) filter (subject = 'particle') as best
  from cycles
  where split = 'test'
  group by method, variant, seed, cycle
  having count(*) filter (subject = 'particle') > 1
)
select method, variant, cycle, round(100 * avg(density), 3) as density, count(*) as seeds,
  round(100 * avg(mean), 2) as mean, round(100 * avg(particles), 2) as particles,
  round(100 * avg(mean - particles), 2) as gain,
  round(100 * avg(mean - best), 2) as gain_over_best
from of_a_run
group by method, variant, cycle
order by method, variant, cycle
