-- Which runs failed, where and why?
select run, cycle, particle, message
from failures
order by run, cycle, particle
