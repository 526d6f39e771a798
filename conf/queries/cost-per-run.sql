-- What did each run cost?
-- Seconds of its actions; what several runs share is counted to each of them. "reused" is what this
-- output's last call found finished. "images" passed through the network in trainings.
select run, round(sum(seconds), 2) as seconds,
  round(sum(seconds) filter (kind = 'train'), 2) as training,
  round(sum(seconds) filter (cached), 2) as reused,
  sum(images) filter (kind = 'train') as images, array_to_string(list_sort(list(distinct device) filter (device <> '')), ' ') as devices
from costs
group by run
order by seconds desc, run
