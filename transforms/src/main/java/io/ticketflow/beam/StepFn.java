package io.ticketflow.beam;

import io.ticketflow.method.step.Step;
import io.ticketflow.method.step.Yield;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.work.Worker;
import io.ticketflow.work.Workplace;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** Takes one step with every element, on a worker. */
final class StepFn<I, O> extends DoFn<I, O> {
  private final Workplace place;
  private final Step<I, O> step;
  private final TupleTag<O> elements;

  StepFn(Workplace place, Step<I, O> step, TupleTag<O> elements) {
    this.place = place;
    this.step = step;
    this.elements = elements;
  }

  /** Elements and rows of a step. */
  static <I, O> ParDo.MultiOutput<I, O> of(Workplace place, Step<I, O> step, TupleTag<O> tag) {
    return ParDo.of(new StepFn<>(place, step, tag)).withOutputTags(tag, Stage.WITH_ROWS);
  }

  /** The same step for all who asked for one action. */
  static <I, O> Step<KV<String, Iterable<I>>, O> each(Step<I, O> step) {
    return (by, request, out) -> request.getValue().forEach(one -> step.take(by, one, out));
  }

  /** A step that takes all elements of one key together. */
  static <I, O> Step<KV<String, Iterable<I>>, O> all(Step<Iterable<I>, O> step) {
    return (by, gathered, out) -> step.take(by, gathered.getValue(), out);
  }

  @ProcessElement
  public void process(@Element I element, MultiOutputReceiver out) {
    OutputReceiver<MetricRow> rows = out.get(Stage.ROWS);
    step.take(
        new Worker(place),
        element,
        new Yield<>() {
          @Override
          public void element(O next) {
            out.get(elements).output(next);
          }

          @Override
          public void row(MetricRow row) {
            rows.output(row);
          }
        });
  }
}
