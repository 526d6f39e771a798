package io.ticketflow.beam;

import io.ticketflow.action.ActionFailedException;
import io.ticketflow.action.Done;
import io.ticketflow.action.EvaluationAction;
import io.ticketflow.action.ParticleAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.ParticleTask;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.ParticleTrainings;
import io.ticketflow.spec.RunSpec;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The trained particles of every ticket, each measured alone: fan-out, one training an action, one
 * action a slot.
 */
public final class TrainParticles
    extends PTransform<PCollection<RunTicket>, Stage<ParticleRecord>> {
  private static final TupleTag<ParticleRecord> PARTICLES = new TupleTag<>("particles") {};

  private final Workplace place;

  private TrainParticles(Workplace place) {
    this.place = place;
  }

  public static TrainParticles at(Workplace place) {
    return new TrainParticles(place);
  }

  @Override
  public Stage<ParticleRecord> expand(PCollection<RunTicket> tickets) {
    return Stage.of(
        tickets
            .apply("FanOut", ParDo.of(new FanOut(place)))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(ParticleTask.class)))
            .apply("Share", new GroupByAction<>())
            .apply(
                "TrainParticle",
                ParDo.of(new TrainFn(place)).withOutputTags(PARTICLES, Stage.WITH_ROWS)),
        PARTICLES,
        ParticleRecord.class);
  }

  /** Trains once, and gives the result to every run that asked for it. */
  private static final class TrainFn
      extends DoFn<KV<String, Iterable<ParticleTask>>, ParticleRecord> {
    private final Workplace place;

    TrainFn(Workplace place) {
      this.place = place;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<ParticleTask>> request, MultiOutputReceiver out) {
      for (ParticleTask task : request.getValue()) {
        RunSpec spec = Specs.of(task.getRun());
        ParticleTraining plan =
            new ParticleTrainings(spec).of(task.getTicket().getCycle(), task.getParticle());
        Done<TrainingResult> trained =
            ProgressListener.watch(
                place,
                new TrainingProgress.Subject(
                    task.getAction(),
                    task.getRun().getRun(),
                    task.getTicket().getCycle(),
                    task.getParticle(),
                    plan.startEpoch(),
                    plan.endEpoch()),
                listener -> ParticleAction.perform(place, spec, task, listener));
        TicketRecord ticket = Tickets.trained(task.getTicket(), trained.result());
        TrainingResult result = measure(spec, task, ticket, trained, out.get(Stage.ROWS));
        out.get(PARTICLES)
            .output(
                new ParticleRecord(
                    task.getRun(),
                    ticket,
                    task.getParticle(),
                    task.getParticles(),
                    result,
                    trained.found(),
                    task.getRound()));
      }
    }

    /** The training's result; a network whose output is not finite is a failed one. */
    private TrainingResult measure(
        RunSpec spec,
        ParticleTask task,
        TicketRecord ticket,
        Done<TrainingResult> trained,
        OutputReceiver<MetricRow> rows) {
      TrainingResult result = trained.result();
      Rows table = new Rows(task.getRun(), ticket);
      rows.output(table.costs().training(task.getParticle(), trained));
      if (result.getWeights() == null) {
        return result;
      }
      Done<EvaluationResult> evaluated;
      try {
        evaluated = EvaluationAction.perform(place, spec, List.of(result.getWeights()));
      } catch (ActionFailedException e) {
        EpochPoint last = result.getEpochs().get(result.getEpochs().size() - 1);
        return TrainingResult.newBuilder(result)
            .setFailure(
                e.getMessage()
                    + " after epoch "
                    + last.getEpoch()
                    + ", at learning rate "
                    + last.getLearningRate())
            .build();
      }
      if (spec.training().sparsifier().isInside() && task.getParticle() == 0) {
        table.layers().forEach(rows::output); // the ticket's own where no change came about
      }
      table.curve(task.getParticle(), result).forEach(rows::output);
      table.particle(task.getParticle(), evaluated.result(), result).forEach(rows::output);
      rows.output(table.costs().evaluation(task.getParticle(), evaluated));
      return result;
    }
  }
}
