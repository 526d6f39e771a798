package io.ticketflow.beam;

import io.ticketflow.method.MergeParticles;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.ParticleSet;
import io.ticketflow.work.Worker;
import io.ticketflow.work.Workplace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;

/**
 * The merged network of each run's particles. A run with a failed particle comes out as a failure.
 */
public final class AverageParticles
    extends PTransform<PCollection<ParticleRecord>, PCollection<MergedRecord>> {
  private final Workplace place;

  private AverageParticles(Workplace place) {
    this.place = place;
  }

  /** Averages in that place. */
  public static AverageParticles at(Workplace place) {
    return new AverageParticles(place);
  }

  @Override
  public PCollection<MergedRecord> expand(PCollection<ParticleRecord> particles) {
    return particles
        .apply("KeyByRun", WithKeys.of(particle -> particle.getRun().getRun()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(ParticleRecord.class)))
        .apply("Average", Combine.perKey(new AverageFn(place)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(MergedRecord.class)))
        .apply("Merged", Values.create());
  }

  /**
   * Gathers references in any order and grouping; the mean is taken once, over the artifacts in
   * particle order, so the result has the same bits whatever the merge tree was.
   */
  static final class AverageFn
      extends Combine.CombineFn<ParticleRecord, ParticleSet, MergedRecord> {
    private final Workplace place;

    AverageFn(Workplace place) {
      this.place = place;
    }

    @Override
    public ParticleSet createAccumulator() {
      return new ParticleSet(List.of());
    }

    @Override
    public ParticleSet addInput(ParticleSet set, ParticleRecord particle) {
      return mergeAccumulators(List.of(set, new ParticleSet(List.of(particle))));
    }

    @Override
    public ParticleSet mergeAccumulators(Iterable<ParticleSet> sets) {
      List<ParticleRecord> all = new ArrayList<>();
      sets.forEach(set -> all.addAll(set.getParticles()));
      all.sort(Comparator.comparingInt(ParticleRecord::getParticle));
      return new ParticleSet(all);
    }

    @Override
    public MergedRecord extractOutput(ParticleSet set) {
      return MergeParticles.of(new Worker(place), set.getParticles());
    }

    @Override
    public Coder<ParticleSet> getAccumulatorCoder(
        CoderRegistry registry, Coder<ParticleRecord> inputCoder) {
      return RecordCoder.of(ParticleSet.class);
    }

    @Override
    public Coder<MergedRecord> getDefaultOutputCoder(
        CoderRegistry registry, Coder<ParticleRecord> inputCoder) {
      return RecordCoder.of(MergedRecord.class);
    }
  }
}
