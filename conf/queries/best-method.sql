-- Which method is the best at each density?
-- By the mean over seeds of the accuracy on test, in percent; "lead" is the distance to the second,
-- empty where there is no second. Densities are rounded to a tenth of a percent, so that methods
-- meet. Of equal methods the first by name is told.
with means as (
  select round(100 * density, 1) as density,
    concat_ws(' ', method, nullif(variant, ''), nullif(subject, 'merged')) as method,
    100 * avg(accuracy) as accuracy, count(*) as networks
  from cycles
  where split = 'test' and subject not in ('particle', 'member', 'segment')
  group by all
), ranked as (
  select *, row_number() over best as place, accuracy - lead(accuracy) over best as lead
  from means
  window best as (partition by density order by accuracy desc, method)
)
select density, method as best, networks, round(accuracy, 2) as accuracy, round(lead, 2) as lead
from ranked
where place = 1
order by density desc
