package io.ticketflow.runners.bench;

import static io.ticketflow.spec.ModelSpec.Initialisation.HE;

import io.ticketflow.action.measure.HessianAction;
import io.ticketflow.action.measure.ScanAction;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.data.Datasets;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.measure.Curvature;
import io.ticketflow.learn.measure.Evaluation;
import io.ticketflow.learn.measure.Recalibration;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.torch.GradientPasses;
import io.ticketflow.learn.train.Calculator;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.math.Shares;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Purpose;
import io.ticketflow.work.Worker;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What a barrier of 30 points and a trace of 64 probes cost over the passes that they need.
 *
 * <p>LeNet-300-100's images are as many and as large as MNIST's test split. The passes are measured
 * alone, beside the measure: a barrier's are 30 recalibrations and evaluations of one network, a
 * trace's two gradients a probe and one a block of probes.
 */
public final class MeasureBench {
  private static final int POINTS = 30;
  private static final int PROBES = 64;
  private static final int IMAGES = 1000;
  private static final String BARRIER = "barrier of " + POINTS + " points, ";
  private static final String TRACE = "trace of " + PROBES + " probes, ";

  private final RunSpec spec;
  private final Workplace place;
  private final ModelGraph graph;
  private final List<ArtifactRef> networks;

  private MeasureBench(RunSpec spec, int seed) throws IOException {
    this.spec = spec;
    place = new Workplace(Files.createTempDirectory("measures").toString());
    DataSplits data = Datasets.load(spec.data());
    graph =
        ModelZoo.build(
            spec.model(),
            data.train().channels(),
            data.train().height(),
            data.train().width(),
            data.train().classes());
    networks = List.of(drawn(2 * seed), drawn(2 * seed + 1));
  }

  /**
   * Runs the bench.
   *
   * @param args rounds
   */
  public static void main(String[] args) throws IOException {
    int rounds = Integer.parseInt(args[0]);
    for (int round = 0; round <= rounds; round++) {
      RunSpec deep = spec("resnet-20", "data: {train: 500, test: 500, size: 28}");
      print(round, BARRIER + "resnet-20", new MeasureBench(deep, round).barrier());
      MeasureBench flat = new MeasureBench(flat(), round);
      print(round, BARRIER + "lenet-300-100", flat.barrier());
      print(round, TRACE + "lenet-300-100", flat.trace());
    }
  }

  private static void print(int round, String measure, Time[] times) {
    System.out.printf(
        Locale.ROOT,
        "%s%s: %.2f s, over its passes %.3f by the wall, %.3f by processor time%n",
        round == 0 ? "(warm-up) " : "",
        measure,
        times[0].wall(),
        times[0].wall() / times[1].wall(),
        times[0].processor() / times[1].processor());
  }

  /** The measure's time, and that of its passes. */
  private Time[] barrier() {
    List<NamedNetwork> ends =
        networks.stream().map(each -> new NamedNetwork("end", each, each, null)).toList();
    List<List<Double>> shares = Shares.positions(POINTS, 0).stream().map(Shares::onLine).toList();
    Time measured =
        perform(worker -> worker.perform(ScanAction.of(place, spec, ends, shares), purpose()));
    DataSplits data = Datasets.load(spec.data());
    TensorSet network = place.artifacts().load(networks.get(0));
    Calculator calculator = place.calculator(spec, Device.cpu());
    Time alone =
        Time.of(
            () -> {
              for (int point = 0; point < shares.size(); point++) {
                TensorSet there =
                    Recalibration.recalibrate(graph, network, data, spec.evaluation(), calculator);
                Evaluation.on(
                    spec.measure().split(), graph, there, data, 0, spec.evaluation(), calculator);
              }
            });
    return new Time[] {measured, alone};
  }

  private Time[] trace() {
    int blocks = HessianAction.parts(spec.measure()) - 1;
    Time measured =
        perform(
            worker -> {
              for (int block = 0; block < blocks; block++) {
                worker.perform(HessianAction.of(place, spec, networks.get(0), block), purpose());
              }
            });
    DataSplits data = Datasets.load(spec.data());
    TensorSet network = place.artifacts().load(networks.get(0));
    ImageSample sample = new ImageSample(IntStream.range(0, IMAGES).toArray(), Curvature.BATCH);
    Time alone =
        Time.of(() -> GradientPasses.take(graph, network, data, sample, 2 * PROBES + blocks));
    return new Time[] {measured, alone};
  }

  private Time perform(Consumer<Worker> work) {
    Worker worker = new Worker(place);
    return Time.of(() -> work.accept(worker));
  }

  private ArtifactRef drawn(int seed) {
    return place.artifacts().save(Initialisation.draw(graph, HE, seed), Masks.NONE);
  }

  private Purpose purpose() {
    RunRecord run =
        RunRecord.newBuilder()
            .setRun("bench")
            .setMethod("imp")
            .setVariant("")
            .setDataset("glyphs")
            .setModel(spec.model().name())
            .setSeed(1)
            .setSpec(CanonicalJson.write(spec))
            .build();
    return Purpose.of(run, 0);
  }

  private static RunSpec flat() {
    return spec(
        "lenet-300-100",
        "data: {train: 4000, test: 10000, size: 28}",
        "measure: {probes: " + PROBES + ", hessianImages: " + IMAGES + "}");
  }

  private static RunSpec spec(String model, String... more) {
    List<String> lines = new ArrayList<>(List.of(more));
    lines.add("model.name: " + model);
    lines.add("training: {epochs: 1, batchSize: 64}");
    lines.add("particles: 1");
    return BenchSettings.run(lines.toArray(String[]::new));
  }
}
