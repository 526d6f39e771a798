package io.ticketflow.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.SparseNetwork;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.CostRow;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.FailureRecord;
import io.ticketflow.schemas.LayerRow;
import io.ticketflow.schemas.MergedRecord;
import io.ticketflow.schemas.MetricRow;
import io.ticketflow.schemas.ParticleRecord;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.RunTicket;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.store.ArtifactRefs;
import io.ticketflow.testing.Solutions;
import io.ticketflow.work.Workplace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each transform of a cycle alone: LeNet on glyphs, its last layer never pruned. */
class CycleTransformsTest {
  private static final long TOTAL = 28 * 28 * 300 + 300 * 100;

  /** What the transform under test emitted, in this JVM. */
  private static final List<Object> OUT = Collections.synchronizedList(new ArrayList<>());

  @TempDir private Path folder;
  private Workplace place = new Workplace("");

  @BeforeEach
  void empty() {
    place = new Workplace(folder.toString());
    OUT.clear();
  }

  @Test
  void runsOfOneDenseTrainingShareItAndBeginWithFullMasks() {
    RunSpec spec = Solutions.spec("training: {epochs: 2, rewindEpochs: 1}");
    run(
        RunRecord.class,
        List.of(Solutions.run("a", spec), Solutions.run("b", spec)),
        InitialiseTickets.at(place));

    List<RunTicket> tickets = of(RunTicket.class);
    assertThat(tickets).extracting(each -> each.getRun().getRun()).containsExactly("a", "b");
    for (RunTicket each : tickets) {
      assertThat(each.getTicket().getCycle()).isZero();
      assertThat(each.getTicket().getKept()).isEqualTo(TOTAL);
      assertThat(each.getTicket().getTotal()).isEqualTo(TOTAL);
    }
    assertThat(of(CostRow.class))
        .filteredOn(row -> row.getKind().equals("train"))
        .extracting(CostRow::getCached)
        .containsExactlyInAnyOrder(false, true);
    assertThat(of(LayerRow.class)).hasSize(2 * 2).allMatch(row -> row.getDensity() == 1);
  }

  @Test
  void particlesOfATicketDifferAndLeaveItsMaskAlone() {
    RunSpec spec = Solutions.spec("particles: 2");
    RunTicket ticket = ticket(Solutions.run("a", spec), 1);
    run(RunTicket.class, List.of(ticket), TrainParticles.at(place));

    List<ParticleRecord> particles = of(ParticleRecord.class);
    assertThat(particles).extracting(ParticleRecord::getParticle).containsExactly(0, 1);
    assertThat(particles).allMatch(each -> each.getParticles() == 2 && !each.getCached());
    Masks masks = place.artifacts().loadMasks(ticket.getTicket().getMask());
    List<TensorSet> weights =
        particles.stream()
            .map(each -> place.artifacts().load(each.getTraining().getWeights()))
            .toList();
    for (TensorSet trained : weights) {
      masks.byName().forEach((name, mask) -> assertZeroOutside(trained.get(name), mask));
    }
    assertThat(weights.get(0).get("fc1.weight").values())
        .isNotEqualTo(weights.get(1).get("fc1.weight").values());
  }

  @Test
  void aNetworkOfZerosGivesEveryClassTheSameProbability() {
    RunRecord run = Solutions.run("a", Solutions.spec());
    TensorSet zeros =
        Solutions.network(Solutions.spec(), 1, 0)
            .weights()
            .map(tensor -> tensor.withValues(new float[tensor.values().length]));
    MergedRecord merged = merged(run, 0, place.artifacts().save(zeros, Masks.NONE));
    run(MergedRecord.class, List.of(merged), MeasureSolutions.at(place));

    assertThat(of(MergedRecord.class)).hasSize(1);
    assertThat(of(CycleRow.class))
        .extracting(CycleRow::getSplit)
        .containsExactlyInAnyOrder("train", "validation", "test");
    for (CycleRow row : of(CycleRow.class)) {
      assertThat(row.getSubject()).isEqualTo("merged");
      assertThat(row.getNll()).isCloseTo(Math.log(10), within(1e-6));
      assertThat(row.getBrier()).isCloseTo(0.9, within(1e-6)); // (1 - 0.1)² + 9 · 0.1²
    }
  }

  @Test
  void aFailedRunEndsAsARow() {
    RunRecord run = Solutions.run("a", Solutions.spec());
    FailureRecord why = new FailureRecord("a", "imp", "", 1L, 2, null, "cycle 2, it diverged");
    MergedRecord failed =
        MergedRecord.newBuilder(merged(run, 2, ArtifactRefs.unchecked("", "", 0L)))
            .setWeights(null)
            .setFailure(why)
            .build();
    run(MergedRecord.class, List.of(failed), MeasureSolutions.at(place));

    assertThat(of(MergedRecord.class)).isEmpty();
    assertThat(of(FailureRecord.class)).containsExactly(why);
  }

  @Test
  void theNextTicketKeepsTheLargestWeightsExactly() {
    RunSpec spec = Solutions.spec(); // halves twice
    RunRecord run = Solutions.run("a", spec);
    SparseNetwork network = Solutions.network(spec, 7, 1);
    ArtifactRef weights = place.artifacts().save(network.weights(), network.masks());
    ArtifactRef half = place.artifacts().saveMasks(network.weights(), network.masks()).mask();
    List<MergedRecord> solutions =
        List.of(merged(run, 1, half, weights), merged(run, 2, half, weights));
    run(MergedRecord.class, solutions, PruneTickets.at(place));

    assertThat(of(RunTicket.class)).hasSize(1); // cycle 2 is the last
    TicketRecord next = of(RunTicket.class).get(0).getTicket();
    assertThat(next.getCycle()).isEqualTo(2);
    assertThat(next.getKept()).isEqualTo(TOTAL / 4);
    Masks masks = place.artifacts().loadMasks(next.getMask());
    assertThat(masks.kept()).isEqualTo(TOTAL / 4);
    assertThat(masks.tensors()).containsExactly("fc1.weight", "fc2.weight");
    float[] sorted = new float[(int) TOTAL];
    int at = 0;
    for (String name : masks.tensors()) {
      for (float value : network.weights().get(name).values()) {
        sorted[at++] = Math.abs(value);
      }
    }
    Arrays.sort(sorted);
    float least = sorted[(int) (TOTAL - TOTAL / 4)];
    masks
        .byName()
        .forEach(
            (name, mask) -> {
              float[] values = network.weights().get(name).values();
              for (int i = 0; i < values.length; i++) {
                assertThat(mask.keeps(i)).isEqualTo(Math.abs(values[i]) >= least);
              }
            });
  }

  private RunTicket ticket(RunRecord run, int cycle) {
    SparseNetwork network = Solutions.network(Solutions.spec(), 3, cycle);
    ArtifactRef weights = place.artifacts().save(network.weights(), network.masks());
    ArtifactRef mask = place.artifacts().saveMasks(network.weights(), network.masks()).mask();
    return new RunTicket(run, record(run, cycle, mask, weights), null);
  }

  private static MergedRecord merged(RunRecord run, int cycle, ArtifactRef weights) {
    return merged(run, cycle, weights, weights);
  }

  private static MergedRecord merged(
      RunRecord run, int cycle, ArtifactRef mask, ArtifactRef weights) {
    return MergedRecord.newBuilder()
        .setRun(run)
        .setTicket(record(run, cycle, mask, weights))
        .setWeights(weights)
        .setParticles(List.of(weights))
        .build();
  }

  private static TicketRecord record(
      RunRecord run, int cycle, ArtifactRef mask, ArtifactRef weights) {
    double density = Math.pow(0.5, cycle);
    long kept = Math.round(density * TOTAL);
    return new TicketRecord(
        run.getRun(),
        "imp",
        "",
        1L,
        cycle,
        density,
        kept,
        TOTAL,
        List.of(),
        mask,
        weights,
        List.of());
  }

  private static void assertZeroOutside(Tensor tensor, Mask mask) {
    for (int i = 0; i < mask.size(); i++) {
      assertThat(mask.keeps(i) || Float.floatToRawIntBits(tensor.values()[i]) == 0).isTrue();
    }
  }

  private static <I extends SpecificRecord, O> void run(
      Class<I> type, List<I> elements, PTransform<PCollection<I>, Stage<O>> transform) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(DirectRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    Stage<O> stage =
        pipeline
            .apply(Create.of(elements).withCoder(RecordCoder.of(type)))
            .apply("Tested", transform);
    stage.elements().apply("Elements", ParDo.of(new Collected<>()));
    stage.rows().apply("Rows", ParDo.of(new Collected<>()));
    pipeline.run().waitUntilFinish();
  }

  /** Elements of that type, or rows of that table, in the order of their text. */
  private static <T extends SpecificRecord> List<T> of(Class<T> type) {
    return OUT.stream()
        .map(each -> each instanceof MetricRow row ? Objects.requireNonNull(row.getRow()) : each)
        .filter(type::isInstance)
        .map(type::cast)
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .toList();
  }

  private static final class Collected<T> extends DoFn<T, Void> {
    @ProcessElement
    public void process(@Element T element) {
      OUT.add(element);
    }
  }
}
