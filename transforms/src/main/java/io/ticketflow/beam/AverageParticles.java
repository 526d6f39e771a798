package io.ticketflow.beam;

import io.ticketflow.action.ActionFailedException;
import io.ticketflow.action.AveragingAction;
import io.ticketflow.action.SoupAction;
import io.ticketflow.action.Workplace;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.ParticleSet;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.spec.Merge;
import io.ticketflow.spec.RunSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;

/**
 * The merged network of each run's particles: their mean (SWAMP, Choi et al. 2024) or a greedy soup
 * (Wortsman et al. 2022). All share a mask, so the mean has its density. A run with a failed
 * particle comes out as a failure.
 */
public final class AverageParticles
    extends PTransform<PCollection<ParticleRecord>, PCollection<MergedRecord>> {
  private final Workplace place;

  private AverageParticles(Workplace place) {
    this.place = place;
  }

  public static AverageParticles at(Workplace place) {
    return new AverageParticles(place);
  }

  @Override
  public PCollection<MergedRecord> expand(PCollection<ParticleRecord> particles) {
    return particles
        .apply("KeyByRun", WithKeys.of(particle -> particle.getRun().getRun()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(ParticleRecord.class)))
        .apply("Average", Combine.perKey(new AverageFn(place)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), AvroCoder.specific(MergedRecord.class)))
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
      List<ParticleRecord> particles = set.getParticles();
      requireComplete(particles);
      ParticleRecord first = particles.get(0);
      MergedRecord.Builder merged =
          MergedRecord.newBuilder()
              .setRun(first.getRun())
              .setTicket(first.getTicket())
              .setBefore(first.getRound());
      for (ParticleRecord particle : particles) {
        if (particle.getTraining().getFailure() != null) {
          return merged
              .setParticles(List.of())
              .setFailure(
                  Failures.of(
                      particle.getRun(),
                      particle.getTicket().getCycle(),
                      particle.getParticle(),
                      particle.getTraining().getFailure()))
              .build();
        }
      }
      List<ArtifactRef> weights =
          particles.stream().map(particle -> particle.getTraining().getWeights()).toList();
      merged.setParticles(weights);
      try {
        merged.setWeights(merge(first.getRun(), weights));
        List<ArtifactRef> latent =
            particles.stream()
                .map(particle -> particle.getTraining().getLatent())
                .filter(Objects::nonNull)
                .toList();
        if (!latent.isEmpty()) {
          merged.setLatent(AveragingAction.perform(place, latent).result().getArtifact());
        }
      } catch (ActionFailedException e) {
        merged.setFailure(
            Failures.of(first.getRun(), first.getTicket().getCycle(), null, e.getMessage()));
      }
      return merged.build();
    }

    private ArtifactRef merge(RunRecord run, List<ArtifactRef> particles) {
      if (particles.size() > 1) {
        RunSpec spec = Specs.of(run);
        if (spec.merge() == Merge.GREEDY) {
          return SoupAction.perform(place, spec, particles).result().getWeights();
        }
      }
      return AveragingAction.perform(place, particles).result().getArtifact();
    }

    /** A particle that is missing or there twice must never silently change a mean. */
    private static void requireComplete(List<ParticleRecord> particles) {
      int expected = particles.isEmpty() ? 1 : particles.get(0).getParticles();
      for (int i = 0; i < Math.max(expected, particles.size()); i++) {
        if (i >= particles.size() || particles.get(i).getParticle() != i || i >= expected) {
          throw new IllegalStateException(
              "the particles of a cycle must be 0 … "
                  + (expected - 1)
                  + ", each once, got "
                  + particles.stream().map(ParticleRecord::getParticle).toList());
        }
      }
    }

    @Override
    public Coder<ParticleSet> getAccumulatorCoder(
        CoderRegistry registry, Coder<ParticleRecord> inputCoder) {
      return AvroCoder.specific(ParticleSet.class);
    }

    @Override
    public Coder<MergedRecord> getDefaultOutputCoder(
        CoderRegistry registry, Coder<ParticleRecord> inputCoder) {
      return AvroCoder.specific(MergedRecord.class);
    }
  }
}
