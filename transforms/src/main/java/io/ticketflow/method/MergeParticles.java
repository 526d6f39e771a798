package io.ticketflow.method;

import io.ticketflow.method.merge.MeanRule;
import io.ticketflow.method.merge.MergeRules;
import io.ticketflow.method.merge.Particles;
import io.ticketflow.method.step.Failing;
import io.ticketflow.result.Failures;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.work.Performer;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Specs;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The merged network of a cycle's particles, by the rule that the run names. */
public final class MergeParticles {
  private MergeParticles() {}

  /**
   * The merged network; a failure if a particle failed.
   *
   * @param particles of one run and cycle, in the order of their numbers
   * @throws IllegalStateException if one is missing or there twice
   */
  public static MergedRecord of(Performer by, List<ParticleRecord> particles) {
    requireComplete(particles);
    ParticleRecord first = particles.get(0);
    Optional<ParticleRecord> failed =
        particles.stream().filter(p -> p.getTraining().getFailure() != null).findFirst();
    if (failed.isPresent()) {
      ParticleRecord particle = failed.get();
      return failed(first, particle.getParticle(), particle.getTraining().getFailure());
    }
    return Failing.orElse(() -> merged(by, particles), why -> failed(first, null, why));
  }

  private static MergedRecord merged(Performer by, List<ParticleRecord> particles) {
    ParticleRecord first = particles.get(0);
    Purpose purpose = Purpose.of(first.getRun(), first.getTicket());
    List<ArtifactRef> weights =
        PerturbedMembers.joined(
            first,
            particles.stream().map(particle -> particle.getTraining().getWeights()).toList());
    List<ArtifactRef> latent = all(particles, TrainingResult::getLatent);
    List<ArtifactRef> moments = all(particles, TrainingResult::getMoments);
    Particles gathered = Particles.of(first.getTicket(), weights);
    return start(first)
        .setParticles(weights)
        .setWeights(MergeRules.of(Specs.of(first.getRun()), gathered).merge(by, purpose, gathered))
        .setMoments(moments)
        .setLatent(latent.isEmpty() ? null : MeanRule.of(by, purpose, latent))
        .build();
  }

  private static List<ArtifactRef> all(
      List<ParticleRecord> particles, Function<TrainingResult, @Nullable ArtifactRef> kept) {
    return particles.stream()
        .map(particle -> kept.apply(particle.getTraining()))
        .filter(Objects::nonNull)
        .toList();
  }

  private static MergedRecord failed(ParticleRecord first, @Nullable Integer particle, String why) {
    TicketRecord ticket = first.getTicket();
    return start(first)
        .setParticles(List.of())
        .setFailure(Failures.of(first.getRun(), ticket.getCycle(), particle, why))
        .build();
  }

  private static MergedRecord.Builder start(ParticleRecord first) {
    return MergedRecord.newBuilder()
        .setRun(first.getRun())
        .setTicket(first.getTicket())
        .setBefore(first.getRound());
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
}
