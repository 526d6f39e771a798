package io.ticketflow.beam;

import io.ticketflow.method.queue.Crew;
import io.ticketflow.method.queue.Hands;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.work.Workplace;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
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

  /** What a hand does with a stage's elements. */
  private interface Labour<T> extends Serializable {
    void work(Workplace place, Hands hands, List<T> elements);
  }

  private WorkAhead(Workplace place, Hands hands, Class<T> type, Labour<T> labour) {
    this.place = place;
    this.hands = hands;
    this.type = type;
    this.labour = labour;
  }

  /** From the start of runs. */
  static WorkAhead<RunRecord> ofRuns(Workplace place, Hands hands) {
    return new WorkAhead<>(place, hands, RunRecord.class, Crew::start);
  }

  /** From a cycle's tickets. */
  static WorkAhead<RunTicket> ofTickets(Workplace place, Hands hands) {
    return new WorkAhead<>(place, hands, RunTicket.class, Crew::goOn);
  }

  @Override
  public PCollection<T> expand(PCollection<T> elements) {
    RecordCoder<T> coder = RecordCoder.of(type);
    return elements
        .apply("Together", WithKeys.of(0))
        .setCoder(KvCoder.of(VarIntCoder.of(), coder))
        .apply("Gather", GroupByKey.create())
        .apply("ToEverySlot", ParDo.of(new DealFn<>(hands)))
        .setCoder(KvCoder.of(VarIntCoder.of(), IterableCoder.of(coder)))
        .apply("SpreadOverSlots", Reshuffle.of())
        .apply("Work", ParDo.of(new HandFn<>(place, hands, labour)))
        .setCoder(coder);
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

    HandFn(Workplace place, Hands hands, Labour<T> labour) {
      this.place = place;
      this.hands = hands;
      this.labour = labour;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<T>> hand, OutputReceiver<T> out) {
      List<T> all = new ArrayList<>();
      hand.getValue().forEach(all::add);
      labour.work(place, hands, all);
      for (int i = hand.getKey(); i < all.size(); i += hands.count()) {
        out.output(all.get(i));
      }
    }
  }
}
