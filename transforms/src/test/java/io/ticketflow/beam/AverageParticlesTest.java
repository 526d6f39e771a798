package io.ticketflow.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.beam.AverageParticles.AverageFn;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.ParticleSet;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.schemas.TrainingResult;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.store.ArtifactRefs;
import io.ticketflow.testing.Solutions;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AverageParticlesTest {
  private static final int SIZE = 37;

  @Property(tries = 60)
  void isTheDoublePrecisionMeanWhateverTheOrderAndGrouping(
      @ForAll @IntRange(min = 1, max = 9) int particles, @ForAll long seed) throws IOException {
    Path folder = Files.createTempDirectory("average");
    Workplace place = new Workplace(folder.toString());
    float[][] values = new float[particles][];
    List<ParticleSet> parts = new ArrayList<>();
    AverageFn average = new AverageFn(place);
    for (int p = 0; p < particles; p++) {
      values[p] = values(seed, p);
      ParticleRecord particle = particle("run", p, particles, save(place, values[p]), null);
      parts.add(average.addInput(average.createAccumulator(), particle));
    }
    Random shuffle = new Random(seed);
    while (parts.size() > 1) {
      Collections.shuffle(parts, shuffle);
      List<ParticleSet> group =
          new ArrayList<>(parts.subList(0, 2 + shuffle.nextInt(parts.size() - 1)));
      parts.subList(0, group.size()).clear();
      parts.add(average.mergeAccumulators(group));
    }
    MergedRecord merged = average.extractOutput(parts.get(0));

    float[] mean = place.artifacts().load(merged.getWeights()).get("fc.weight").values();
    for (int i = 0; i < SIZE; i++) {
      double sum = 0;
      for (float[] each : values) {
        sum += each[i];
      }
      assertThat(mean[i]).isEqualTo((float) (sum / particles));
    }
    assertThat(merged.getParticles()).hasSize(particles);
  }

  @Test
  void averagesEveryRunOfAPipelineByItself(@TempDir Path folder) {
    Workplace place = new Workplace(folder.toString());
    List<ParticleRecord> all = new ArrayList<>();
    for (String run : List.of("a", "b")) {
      for (int p = 2; p >= 0; p--) {
        float[] constant = new float[SIZE];
        java.util.Arrays.fill(constant, run.equals("a") ? p : 10 * p);
        all.add(particle(run, p, 3, save(place, constant), null));
      }
    }
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(DirectRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    PAssert.that(
            pipeline
                .apply(Create.of(all).withCoder(RecordCoder.of(ParticleRecord.class)))
                .apply(AverageParticles.at(place))
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            merged ->
                                merged.getRun().getRun()
                                    + place
                                        .artifacts()
                                        .load(merged.getWeights())
                                        .get("fc.weight")
                                        .values()[5])))
        .containsInAnyOrder("a1.0", "b10.0");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void oneFailedParticleFailsItsRunAndSaysWhich(@TempDir Path folder) {
    Workplace place = new Workplace(folder.toString());
    AverageFn average = new AverageFn(place);
    ParticleSet set = average.createAccumulator();
    set = average.addInput(set, particle("run", 0, 2, save(place, new float[SIZE]), null));
    set = average.addInput(set, particle("run", 1, 2, null, "the loss is NaN"));
    MergedRecord merged = average.extractOutput(set);
    assertThat(merged.getWeights()).isNull();
    assertThat(merged.getFailure().getParticle()).isEqualTo(1);
    assertThat(merged.getFailure().getMessage()).isEqualTo("cycle 0, particle 1, the loss is NaN");
  }

  @Test
  void missingOrRepeatedParticleIsAnErrorNotAnotherMean(@TempDir Path folder) {
    Workplace place = new Workplace(folder.toString());
    AverageFn average = new AverageFn(place);
    ArtifactRef weights = save(place, new float[SIZE]);
    ParticleRecord first = particle("run", 0, 2, weights, null);
    assertThatThrownBy(() -> average.extractOutput(new ParticleSet(List.of(first))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[0]");
    assertThatThrownBy(() -> average.extractOutput(new ParticleSet(List.of(first, first))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[0, 0]");
  }

  private static float[] values(long seed, int particle) {
    KeyedRandom random = KeyedRandom.of(seed, "test", particle);
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4));
    }
    return values;
  }

  private static ArtifactRef save(Workplace place, float[] values) {
    Tensor tensor =
        new Tensor("fc.weight", TensorRole.PRUNABLE, List.of((long) SIZE), values.clone());
    return place.artifacts().save(TensorSet.of(List.of(tensor)), Masks.NONE);
  }

  private static ParticleRecord particle(
      String run,
      int particle,
      int particles,
      @Nullable ArtifactRef weights,
      @Nullable String failure) {
    ArtifactRef none = ArtifactRefs.unchecked("", "", 0L);
    return new ParticleRecord(
        RunRecord.newBuilder()
            .setRun(run)
            .setMethod("swamp")
            .setVariant("")
            .setDataset("glyphs")
            .setModel("test")
            .setSeed(1L)
            .setSpec(CanonicalJson.write(Solutions.spec()))
            .build(),
        new TicketRecord(run, "swamp", "", 1L, 0, 1.0, 37L, 37L, List.of(), none, none, List.of()),
        particle,
        particles,
        TrainingResult.newBuilder()
            .setAction("key")
            .setWeights(weights)
            .setEpochs(List.of())
            .setFailure(failure)
            .setImages(0)
            .setSeconds(0)
            .setDevice("cpu")
            .build(),
        false,
        null);
  }
}
