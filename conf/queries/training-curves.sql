-- How did the trainings go?
-- Means over particles and seeds, by epoch; accuracies in percent. Particle -1 of cycle 0, the
-- training up to the matching ticket, is counted to cycle 0.
select method, variant, cycle, epoch, count(*) as trainings, avg(learning_rate) as learning_rate,
  round(avg(train_loss), 4) as train_loss, round(100 * avg(train_accuracy), 2) as train_accuracy,
  round(avg(validation_loss), 4) as validation_loss,
  round(100 * avg(validation_accuracy), 2) as validation_accuracy
from epochs
group by method, variant, cycle, epoch
order by method, variant, cycle, epoch
