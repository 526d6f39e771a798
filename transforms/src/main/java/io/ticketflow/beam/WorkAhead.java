package io.ticketflow.beam;

import io.ticketflow.method.queue.Crew;
import io.ticketflow.method.queue.Hands;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.work.Workplace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
 * Fans the trainings of runs out onto the runner's slots: every slot gets all runs, and takes from
 * their trainings what is free, the longest first, until all is done. So a slot waits for none that
 * has longer trainings: as it would wait for the last ones of a cycle, it goes on with the next
 * cycle of runs that are ready. What comes out are the runs, spread over the slots: the stages of
 * the cycles take them, and find their actions done.
 */
public final class WorkAhead extends PTransform<PCollection<RunRecord>, PCollection<RunRecord>> {
  private static final RecordCoder<RunRecord> RUNS = RecordCoder.of(RunRecord.class);

  private final Workplace place;
  private final Hands hands;

  private WorkAhead(Workplace place, Hands hands) {
    this.place = place.forCall();
    this.hands = hands;
  }

  /**
   * Works in that place.
   *
   * @param hands as many as the runner has slots
   */
  public static WorkAhead at(Workplace place, Hands hands) {
    return new WorkAhead(place, hands);
  }

  @Override
  public PCollection<RunRecord> expand(PCollection<RunRecord> runs) {
    return (hands.together() ? byHand(runs) : bySlot(runs))
        .apply("Work", ParDo.of(new HandFn(place, hands)))
        .setCoder(RUNS);
  }

  /**
   * Within a process, where each key of a grouping is a piece of work of its own, and where a graph
   * of fewer steps takes less time beside the work.
   */
  private PCollection<KV<Integer, Iterable<RunRecord>>> byHand(PCollection<RunRecord> runs) {
    return runs.apply("ToEveryHand", ParDo.of(new CopyFn(hands)))
        .setCoder(KvCoder.of(VarIntCoder.of(), RUNS))
        .apply("ByHand", GroupByKey.create());
  }

  /** On a cluster, where the hash of a key would put several hands on one slot. */
  private PCollection<KV<Integer, Iterable<RunRecord>>> bySlot(PCollection<RunRecord> runs) {
    return runs.apply("Together", WithKeys.of(0))
        .setCoder(KvCoder.of(VarIntCoder.of(), RUNS))
        .apply("Gather", GroupByKey.create())
        .apply("ToEverySlot", ParDo.of(new DealFn(hands)))
        .setCoder(KvCoder.of(VarIntCoder.of(), IterableCoder.of(RUNS)))
        .apply("SpreadOverSlots", Reshuffle.of());
  }

  private static final class CopyFn extends DoFn<RunRecord, KV<Integer, RunRecord>> {
    private final Hands hands;

    CopyFn(Hands hands) {
      this.hands = hands;
    }

    @ProcessElement
    public void process(@Element RunRecord run, OutputReceiver<KV<Integer, RunRecord>> out) {
      for (int hand = 0; hand < hands.count(); hand++) {
        out.output(KV.of(hand, run));
      }
    }
  }

  private static final class DealFn
      extends DoFn<KV<Integer, Iterable<RunRecord>>, KV<Integer, Iterable<RunRecord>>> {
    private final Hands hands;

    DealFn(Hands hands) {
      this.hands = hands;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<RunRecord>> all,
        OutputReceiver<KV<Integer, Iterable<RunRecord>>> out) {
      for (int hand = 0; hand < hands.count(); hand++) {
        out.output(KV.of(hand, all.getValue()));
      }
    }
  }

  private static final class HandFn extends DoFn<KV<Integer, Iterable<RunRecord>>, RunRecord> {
    private final Workplace place;
    private final Hands hands;

    HandFn(Workplace place, Hands hands) {
      this.place = place;
      this.hands = hands;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<RunRecord>> hand, OutputReceiver<RunRecord> out) {
      List<RunRecord> all = new ArrayList<>();
      hand.getValue().forEach(all::add);
      // The same for all hands, as each hands on its share.
      all.sort(Comparator.comparing(RunRecord::getRun));
      Crew.work(place, hands, all);
      for (int i = hand.getKey(); i < all.size(); i += hands.count()) {
        out.output(all.get(i));
      }
    }
  }
}
