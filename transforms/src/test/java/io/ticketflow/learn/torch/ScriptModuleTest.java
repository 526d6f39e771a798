package io.ticketflow.learn.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.measure.SynFlow;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.ImageSample;
import io.ticketflow.network.Exclusions;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.testing.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TorchScript files that Python's PyTorch writes, against declared networks of the same layers. */
class ScriptModuleTest {
  @TempDir static Path folder;

  @BeforeAll
  static void writeFiles() throws Exception {
    Path script = folder.resolve("scripts.py");
    try (InputStream in = ScriptModuleTest.class.getResourceAsStream("scripts.py")) {
      Files.copy(in, script);
    }
    String said = "";
    for (String python : List.of("/usr/bin/python3", "python3")) {
      Path out = folder.resolve("said");
      try {
        Process process =
            new ProcessBuilder(python, script.toString(), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0) {
          return;
        }
        said = Files.readString(out);
      } catch (IOException e) {
        said = String.valueOf(e.getMessage());
      }
    }
    assumeTrue(
        !said.contains("No module named") && !said.contains("No such file"),
        "no Python with PyTorch: TorchScript files are not tried");
    throw new AssertionError(said);
  }

  @Test
  void trainsToTheBitsOfTheSameLayers() {
    ModelGraph declared = Fixtures.mlp();
    ModelGraph script = sound("mlp", declared);
    TensorSet start = script.ownWeights().orElseThrow();
    OptimiserSpec sgd = Fixtures.sgd(0.9, true, 0.01);
    TensorSet expected = trained(declared, start, Fixtures.masks(declared), sgd);
    TensorSet found = trained(script, start, Fixtures.masks(script), sgd);
    for (Tensor tensor : expected.tensors()) {
      assertThat(found.get(tensor.name()).values()).isEqualTo(tensor.values());
    }
    assertThat(trained(script, start, Fixtures.masks(script), sgd).get("fc1.weight").values())
        .isEqualTo(found.get("fc1.weight").values());
  }

  /** Images of two channels lie in another order in memory, so kernels and roundings differ. */
  @ParameterizedTest
  @CsvSource({"momentum: 0.9", "samRadius: 0.05", "name: adam"})
  void trainsLikeTheSameLayersWithBatchNorm(String optimiser) {
    ModelGraph declared = Fixtures.convNet();
    ModelGraph script = sound("conv", declared);
    TensorSet start = script.ownWeights().orElseThrow();
    OptimiserSpec rule = Fixtures.optimiser(optimiser);
    alike(
        trained(declared, start, Fixtures.masks(declared), rule),
        trained(script, start, Fixtures.masks(script), rule),
        2e-4);
  }

  @ParameterizedTest
  @CsvSource({"conv", "slow"})
  void recalibratesWhateverItsMomentum(String name) {
    ModelGraph declared = Fixtures.convNet();
    DataSplits data = Fixtures.data(declared, 23, 0);
    ModelGraph script = sound(name, declared);
    TensorSet start =
        script
            .ownWeights()
            .orElseThrow()
            .map(
                tensor ->
                    tensor.role() == TensorRole.BUFFER
                        ? tensor.withValues(new float[] {1e30f, 1e6f, 0, -3})
                        : tensor);
    alike(statistics(declared, start, data), statistics(script, start, data), 1e-5);
  }

  @Test
  void gradientsAndFlowsAreThoseOfTheSameLayers() {
    ModelGraph declared = Fixtures.convNet();
    ModelGraph script = sound("conv", declared);
    TensorSet start = script.ownWeights().orElseThrow();
    DataSplits data = Fixtures.data(declared, 9, 0);
    ImageSample sample = new ImageSample(new int[] {0, 2, 4, 6, 8}, 5);
    Masks masks = Fixtures.masks(declared);
    Device cpu = Device.cpu();
    alike(
        LossGradient.gradient(declared, start, masks, data, sample, cpu),
        LossGradient.gradient(script, start, masks, data, sample, cpu),
        1e-5);
    alike(
        LossGradient.hessianGradient(declared, start, masks, data, sample, 2, cpu),
        LossGradient.hessianGradient(script, start, masks, data, sample, 2, cpu),
        1e-5);
    alike(
        SynFlow.scores(declared, start, masks, new TorchCalculator(cpu)),
        SynFlow.scores(script, start, masks, new TorchCalculator(cpu)),
        1e-5);
  }

  @Test
  void prunesLinearLayersAndConvolutionsAlone() {
    ModelGraph words = graph("words", Fixtures.mlp());
    assertThat(words.parameters().stream().map(ParameterSpec::name))
        .containsExactly(
            "table.weight", "inner.0.weight", "inner.0.bias", "inner.2.weight", "inner.2.bias");
    assertThat(words.prunable(Exclusions.NONE).stream().map(ParameterSpec::name))
        .containsExactly("inner.2.weight");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "four | must be of shape (4, 3), got (4, 4)",
        "mlp | fails on images of 2×6×6",
        "half | fc1.weight must be of dtype float32, got float16 (half)",
        "frozen | it has no parameters",
        "pair | it takes (x: Tensor, y: Tensor) and gives Tensor",
        "two | it takes (x: Tensor) and gives Tuple[Tensor, Tensor]",
        "dropout | the same images give other outputs each time in training",
        "measuring | takes no statistics in training",
        "training | takes statistics in measuring too",
        "tied | its tensors 1.weight and 2.weight are one",
        "cumulative | the momentum of bn is None",
        "dict | it holds no code",
        "scripts.py | it is no TorchScript file",
        "none | there is no such file"
      })
  void refusesWhatCannotBeTrained(String name, String why) {
    ModelGraph images = Fixtures.convNet();
    assertThatThrownBy(() -> ScriptCheck.check(graph(name, images), "it"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesAFileThatNobodyVouchesFor() {
    assertThatThrownBy(
            () -> new ModelSpec("", 0, "cifar", HE, "net.pt", false, "", "", false, "", 0))
        .hasMessageContaining("model.name");
    assertThatThrownBy(
            () -> new ModelSpec("lenet-5", 0, "cifar", HE, "net.pt", false, "", "", false, "", 0))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("model.trusted must be true for model.torchscript net.pt");
  }

  private static final ModelSpec.Initialisation HE = ModelSpec.Initialisation.HE;

  private static ModelGraph graph(String name, ModelGraph images) {
    Path file = folder.resolve(name.endsWith(".py") ? name : name + ".pt");
    ModelSpec model =
        new ModelSpec("lenet-5", 0, "cifar", HE, file.toString(), true, "", "", false, "", 0);
    return ModelZoo.build(
        model, images.channels(), images.height(), images.width(), images.classes());
  }

  private static ModelGraph sound(String name, ModelGraph images) {
    ModelGraph graph = graph(name, images);
    if (!name.equals("mlp") && !TorchDevices.convolves()) {
      assertThatThrownBy(() -> ScriptCheck.check(graph, name))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("wrong on this processor")
          .hasMessageContaining("conv.weight");
      abort("this processor's libtorch computes such a network wrong, and it was refused");
    }
    ScriptCheck.check(graph, name);
    return graph;
  }

  private static TensorSet statistics(ModelGraph graph, TensorSet start, DataSplits data) {
    return BatchStatistics.over(
        graph, start, data.train(), data.mean(), data.std(), 6, 0, Device.cpu());
  }

  private static TensorSet trained(
      ModelGraph graph, TensorSet start, Masks masks, OptimiserSpec rule) {
    DataSplits data = Fixtures.data(graph, 24, 0);
    TrainingSpec training = Fixtures.training(3, 8, rule, Fixtures.constant(0.01));
    TrainingJob job =
        Fixtures.job(
            graph, training, start, masks, 0, 3, 0, Fixtures.augmented(), new DrawKey(5, 0, 0));
    return new TorchTrainer(Device.cpu()).train(job, data, EpochListener.NONE).weights();
  }

  private static void alike(TensorSet expected, TensorSet found, double tolerance) {
    assertThat(found.tensors()).hasSameSizeAs(expected.tensors());
    for (Tensor tensor : expected.tensors()) {
      float[] values = found.get(tensor.name()).values();
      for (int i = 0; i < values.length; i++) {
        double size = Math.max(1, Math.abs(tensor.values()[i]));
        assertThat((double) values[i])
            .as(tensor.name() + " " + i)
            .isCloseTo(tensor.values()[i], within(tolerance * size));
      }
    }
  }
}
