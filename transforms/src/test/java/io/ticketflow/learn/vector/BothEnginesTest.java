package io.ticketflow.learn.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.Initialisation;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.model.ModelZoo;
import io.ticketflow.learn.model.ParameterSpec;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Exclusions;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.TestSettings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten steps of one training by either engine: they part by roundings alone. */
class BothEnginesTest {
  private static final int STEPS = 10;
  private static final int IMAGES = 40;

  @ParameterizedTest
  @CsvSource({
    "lenet-300-100, 1, 28, 1, 0.02",
    "lenet-300-100, 1, 28, 0.05, 0.02",
    "lenet-5, 1, 28, 0.2, 0.02",
    // of twenty layers with BatchNorm each step makes a rounding many times as large: at 0.0003
    // libtorch's on one kind of processor come to 1.06e-4
    "'resnet-20, width: 4', 3, 16, 1, 0.0002",
    "'resnet-20, width: 4', 3, 16, 0.2, 0.0002"
  })
  void loseTheSameInTenSteps(String model, int channels, int side, double density, double rate) {
    ModelGraph graph =
        ModelZoo.build(TestSettings.model("name: " + model), channels, side, side, 10);
    DataSplits data = Fixtures.data(graph, IMAGES, 0);
    // a batch is the whole split, so that an epoch's loss is a step's
    TrainingSpec training =
        Fixtures.training(STEPS, IMAGES, Fixtures.sgd(0.9, true, 1e-4), Fixtures.constant(rate));
    Masks masks = masks(graph, density);
    TensorSet start = masks.applyTo(start(graph));
    TrainingJob job =
        Fixtures.job(
            graph, training, start, masks, 0, STEPS, 0, Fixtures.plain(), new DrawKey(5, 0, 0));
    List<Double> torch = losses(new TorchTrainer(Device.cpu()), job, data);
    List<Double> java = losses(new VectorTrainer(1), job, data);
    assertThat(torch).hasSize(STEPS);
    assertThat(java.get(0)).isCloseTo(torch.get(0), within(1e-6 * Math.max(1, torch.get(0))));
    for (int step = 1; step < STEPS; step++) {
      assertThat(java.get(step))
          .as("step " + (step + 1) + " of " + torch)
          .isCloseTo(torch.get(step), within(1e-4 * Math.max(1, torch.get(step))));
    }
    assertThat(torch.get(STEPS - 1)).isLessThan(torch.get(0));
  }

  private static TensorSet start(ModelGraph graph) {
    return Initialisation.draw(graph, ModelSpec.Initialisation.HE, 3);
  }

  private static Masks masks(ModelGraph graph, double density) {
    Map<String, Mask> masks = new TreeMap<>();
    for (ParameterSpec spec : graph.prunable(Exclusions.NONE)) {
      KeyedRandom draws = KeyedRandom.of(3, spec.name());
      int size = (int) spec.size();
      BitSet kept = new BitSet(size);
      for (int i = 0; i < size; i++) {
        kept.set(i, draws.nextDouble() < density);
      }
      masks.put(spec.name(), Mask.of(kept, size));
    }
    return new Masks(masks);
  }

  private static List<Double> losses(Trainer trainer, TrainingJob job, DataSplits data) {
    List<Double> losses = new ArrayList<>();
    trainer.train(job, data, (point, rate) -> losses.add(point.getTrainLoss()));
    return losses;
  }
}
