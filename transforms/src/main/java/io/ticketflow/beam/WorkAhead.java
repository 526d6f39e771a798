package io.ticketflow.beam;

import io.ticketflow.method.queue.Crew;
import io.ticketflow.method.queue.Hands;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.Workplace;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.IterableCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Fans a stage's trainings out onto the runner's slots: every slot gets all elements, and takes
 * from them what is free, the longest first, until all is done. So a slot waits for none that has
 * longer trainings, and as it would wait for the last ones of a cycle, it goes on with the next
 * cycle of runs that are ready. What comes out are the elements, spread over the slots.
 */
final class WorkAhead<T extends SpecificRecord> extends PTransform<PCollection<T>, PCollection<T>> {
  private final Workplace place;
  private final Hands hands;
  private final Class<T> type;
  private final Labour<T> labour;
  private final RunOf<T> runOf;

  /** What a hand does with a stage's elements. */
  private interface Labour<T> extends Serializable {
    void work(Workplace place, Hands hands, List<T> elements);
  }

  /** The name of an element's run, of which a stage has one element. */
  private interface RunOf<T> extends Serializable, Function<T, String> {}

  private WorkAhead(Workplace place, Hands hands, Class<T> type, Labour<T> labour, RunOf<T> runOf) {
    this.place = place;
    this.hands = hands;
    this.type = type;
    this.labour = labour;
    this.runOf = runOf;
  }

  /** From the start of runs. */
  static WorkAhead<RunRecord> ofRuns(Workplace place, Hands hands) {
    return new WorkAhead<>(place, hands, RunRecord.class, Crew::start, RunRecord::getRun);
  }

  /** From a cycle's tickets. */
  static WorkAhead<RunTicket> ofTickets(Workplace place, Hands hands) {
    return new WorkAhead<>(
        place, hands, RunTicket.class, Crew::goOn, ticket -> ticket.getRun().getRun());
  }

  @Override
  public PCollection<T> expand(PCollection<T> elements) {
    RecordCoder<T> coder = RecordCoder.of(type);
    return (hands.together() ? byHand(elements, coder) : bySlot(elements, coder))
        .apply("Work", ParDo.of(new HandFn<>(place, hands, labour, runOf)))
        .setCoder(coder);
  }

  /**
   * Within a process, where each key of a grouping is a piece of work of its own, and where a graph
   * of fewer steps takes less time beside the work.
   */
  private PCollection<KV<Integer, Iterable<T>>> byHand(
      PCollection<T> elements, RecordCoder<T> coder) {
    return elements
        .apply("ToEveryHand", ParDo.of(new CopyFn<>(hands)))
        .setCoder(KvCoder.of(VarIntCoder.of(), coder))
        .apply("ByHand", GroupByKey.create());
  }

  /** On a cluster, where the hash of a key would put several hands on one slot. */
  private PCollection<KV<Integer, Iterable<T>>> bySlot(
      PCollection<T> elements, RecordCoder<T> coder) {
    return elements
        .apply("Together", WithKeys.of(0))
        .setCoder(KvCoder.of(VarIntCoder.of(), coder))
        .apply("Gather", GroupByKey.create())
        .apply("ToEverySlot", ParDo.of(new DealFn<>(hands)))
        .setCoder(KvCoder.of(VarIntCoder.of(), IterableCoder.of(coder)))
        .apply("SpreadOverSlots", Reshuffle.of());
  }

  private static final class CopyFn<T> extends DoFn<T, KV<Integer, T>> {
    private final Hands hands;

    CopyFn(Hands hands) {
      this.hands = hands;
    }

    @ProcessElement
    public void process(@Element T element, OutputReceiver<KV<Integer, T>> out) {
      for (int hand = 0; hand < hands.count(); hand++) {
        out.output(KV.of(hand, element));
      }
    }
  }

  private static final class DealFn<T>
      extends DoFn<KV<Integer, Iterable<T>>, KV<Integer, Iterable<T>>> {
    private final Hands hands;

    DealFn(Hands hands) {
      this.hands = hands;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<T>> all, OutputReceiver<KV<Integer, Iterable<T>>> out) {
      for (int hand = 0; hand < hands.count(); hand++) {
        out.output(KV.of(hand, all.getValue()));
      }
    }
  }

  private static final class HandFn<T> extends DoFn<KV<Integer, Iterable<T>>, T> {
    private final Workplace place;
    private final Hands hands;
    private final Labour<T> labour;
    private final RunOf<T> runOf;

    HandFn(Workplace place, Hands hands, Labour<T> labour, RunOf<T> runOf) {
      this.place = place;
      this.hands = hands;
      this.labour = labour;
      this.runOf = runOf;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<T>> hand, OutputReceiver<T> out) {
      List<T> all = new ArrayList<>();
      hand.getValue().forEach(all::add);
      all.sort(Comparator.comparing(runOf)); // the same for all hands, as each hands on its share
      labour.work(place, hands, all);
      for (int i = hand.getKey(); i < all.size(); i += hands.count()) {
        out.output(all.get(i));
      }
    }
  }
}
