-- What does accuracy cost?
-- The trainings up to each cycle, in image passes of a run, beside the accuracy on test in percent;
-- means over seeds.
with spent as (
  select run, cycle, sum(trainings) over up as trainings, sum(image_passes) over up as image_passes
  from budgets
  window up as (partition by run order by cycle)
)
select method, variant, cycle, round(100 * avg(density), 3) as density,
  avg(trainings) as trainings, avg(image_passes) as image_passes,
  round(100 * avg(accuracy), 2) as accuracy
from cycles join spent using (run, cycle)
where split = 'test' and subject = 'merged'
group by method, variant, cycle
order by method, variant, cycle
