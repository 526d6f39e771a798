package io.ticketflow.learn.torch;

import static io.ticketflow.testing.Fixtures.adam;
import static io.ticketflow.testing.Fixtures.augmented;
import static io.ticketflow.testing.Fixtures.constant;
import static io.ticketflow.testing.Fixtures.convNet;
import static io.ticketflow.testing.Fixtures.data;
import static io.ticketflow.testing.Fixtures.job;
import static io.ticketflow.testing.Fixtures.masks;
import static io.ticketflow.testing.Fixtures.sgd;
import static io.ticketflow.testing.Fixtures.training;
import static io.ticketflow.testing.Fixtures.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.train.Engine;
import io.ticketflow.learn.train.EngineFactory;
import io.ticketflow.learn.train.EpochListener;
import io.ticketflow.learn.train.LoopTrainer;
import io.ticketflow.learn.train.NonFiniteLossException;
import io.ticketflow.learn.train.TrainedNetwork;
import io.ticketflow.learn.train.Trainer;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.EpochPoint;
import io.ticketflow.schemas.TensorRole;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RateRule;
import io.ticketflow.spec.RateSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.SwaSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.testing.Fixtures;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchTrainerTest {
  private static final ModelGraph NET = convNet();
  private static final DataSplits DATA = data(NET, 50, 20);
  private static final TorchTrainer TRAINER = new TorchTrainer(Device.cpu());

  @Test
  void learnsWhatCanBeLearned() {
    TrainingSpec spec = training(12, 8, sgd(0.9, false, 1e-4), constant(0.05));
    TrainedNetwork trained =
        TRAINER.train(job(NET, spec, Masks.NONE), data(NET, 200, 0), EpochListener.NONE);
    EpochPoint first = trained.epochs().get(0);
    EpochPoint last = trained.epochs().get(11);
    assertThat(last.getTrainLoss()).isLessThan(0.75 * first.getTrainLoss());
    assertThat(last.getTrainAccuracy()).isGreaterThan(0.9);
    assertThat(last.getEpoch()).isEqualTo(12);
    assertThat(last.getValidationLoss()).isNull();
    assertThat(trained.images()).isEqualTo(12 * 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "nesterov", "adam"})
  void prunedWeightsAndTheirMomentsStayExactlyZero(String rule) {
    OptimiserSpec optimiser =
        switch (rule) {
          case "sgd" -> sgd(0.9, false, 0.01);
          case "nesterov" -> sgd(0.9, true, 0.01);
          default -> adam(0.01);
        };
    Masks masks = masks(NET);
    TrainingJob job = job(NET, training(2, 16, optimiser, constant(0.05)), masks);
    List<float[]> moments = new ArrayList<>();
    TensorSet weights = watched(moments).train(job, DATA, EpochListener.NONE).weights();
    masks.byName().forEach((name, mask) -> assertZeroOutside(mask, weights.get(name).values()));
    float[] mask = FlatLayout.of(NET).mask(masks).orElseThrow();
    assertThat(moments).isNotEmpty();
    for (float[] values : moments) {
      for (int i = 0; i < mask.length; i++) {
        assertThat(values[i] == 0f).as("entry %d", i).isEqualTo(mask[i] == 0f);
      }
    }
  }

  @Test
  void theSameJobGivesTheSameBitsInAnyThreadAndBesideAnother() throws Exception {
    TrainingJob job = job(NET, training(3, 16, sgd(0.9, true, 1e-3), constant(0.1)), masks(NET));
    TrainedNetwork alone = TRAINER.train(job, DATA, EpochListener.NONE);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<TrainedNetwork>> both = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        both.add(threads.submit(() -> TRAINER.train(job, DATA, EpochListener.NONE)));
      }
      for (Future<TrainedNetwork> other : both) {
        assertSameBits(other.get().weights(), alone.weights());
        assertThat(other.get().epochs()).isEqualTo(alone.epochs());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void particlesDifferInTheirDrawsOnly() {
    TrainingJob job = job(NET, training(1, 16, sgd(0.9, false, 0), constant(0.1)), Masks.NONE);
    TrainingJob other =
        Fixtures.job(
            NET,
            job.training(),
            job.start(),
            Masks.NONE,
            0,
            1,
            0,
            augmented(),
            new DrawKey(5, 0, 1));
    assertThat(TRAINER.train(other, DATA, EpochListener.NONE).weights().get("fc.weight").values())
        .isNotEqualTo(
            TRAINER.train(job, DATA, EpochListener.NONE).weights().get("fc.weight").values());
  }

  @Test
  void swaDeliversTheMeanOfTheWeightsAfterEachOfTheLastEpochs() {
    // Without momentum a training is the chain of its epochs, so the samples can be had one by one.
    TrainingSpec spec = training(4, 16, sgd(0, false, 1e-3), constant(0.1));
    TrainingSpec swaRate = training(4, 16, sgd(0, false, 1e-3), constant(0.02));
    TensorSet start = weights(NET, 4);
    TensorSet two = part(spec, start, 0, 2, false);
    TensorSet three = part(swaRate, two, 2, 3, false);
    TensorSet four = part(swaRate, three, 3, 4, false);
    TensorSet mean = part(spec, start, 0, 4, true);
    for (Tensor tensor : mean.tensors()) {
      float[] a = three.get(tensor.name()).values();
      float[] b = four.get(tensor.name()).values();
      for (int i = 0; i < a.length; i++) {
        float expected =
            tensor.role() == TensorRole.BUFFER ? b[i] : (float) (((double) a[i] + b[i]) / 2);
        assertThat(tensor.values()[i]).as(tensor.name()).isEqualTo(expected);
      }
    }
  }

  @Test
  void aSegmentUsesItsPartOfTheScheduleAndFreshMomentum() {
    ScheduleSpec cosine = new ScheduleSpec(ScheduleSpec.Name.COSINE, 0.1, List.of(), 0.1, 1, 0.01);
    TrainingSpec spec = training(4, 25, sgd(0.9, false, 0), cosine);
    List<EpochPoint> whole =
        TRAINER.train(job(NET, spec, Masks.NONE), DATA, EpochListener.NONE).epochs();
    TrainingJob late =
        Fixtures.job(
            NET, spec, weights(NET, 4), Masks.NONE, 2, 4, 0, augmented(), new DrawKey(5, 0, 0));
    List<EpochPoint> end = TRAINER.train(late, DATA, EpochListener.NONE).epochs();
    assertThat(end.stream().map(EpochPoint::getEpoch)).containsExactly(3, 4);
    assertThat(end.stream().map(EpochPoint::getLearningRate))
        .containsExactly(whole.get(2).getLearningRate(), whole.get(3).getLearningRate());

    TrainingJob tuned =
        new TrainingJob(
            NET,
            new ParticleTraining(spec, 0, 2, new RateSpec(RateRule.FT, 0, 0), 0, 0),
            0,
            weights(NET, 4),
            Masks.NONE,
            0,
            PruningSpec.Scope.GLOBAL,
            augmented(),
            new DrawKey(5, 0, 0));
    assertThat(TRAINER.train(tuned, DATA, EpochListener.NONE).epochs())
        .allMatch(point -> point.getLearningRate() == whole.get(3).getLearningRate());
  }

  @Test
  void aLossThatIsNoNumberIsReportedWithEpochAndLearningRate() {
    TrainingSpec spec = training(5, 16, sgd(0.9, false, 0), constant(100));
    float[] huge = new float[NET.parameters().get(0).shape().size() * 18];
    java.util.Arrays.fill(huge, Float.MAX_VALUE);
    assertThat(huge).hasSize(72);
    TensorSet start =
        TensorSet.of(
            weights(NET, 4).tensors().stream()
                .map(t -> t.name().equals("conv.weight") ? t.withValues(huge) : t)
                .toList());
    TrainingJob job =
        Fixtures.job(NET, spec, start, Masks.NONE, 1, 5, 0, augmented(), new DrawKey(5, 0, 0));
    assertThatThrownBy(() -> TRAINER.train(job, DATA, EpochListener.NONE))
        .isInstanceOf(NonFiniteLossException.class)
        .hasMessage("the loss became NaN in epoch 2, step 1, at learning rate 100.0");
  }

  @Test
  void validatesEverySoManyEpochsWithoutChangingTheTraining() {
    TrainingSpec never = training(4, 16, sgd(0.9, false, 0), constant(0.05));
    TrainingSpec often =
        new TrainingSpec(
            4,
            0,
            0,
            16,
            0.1,
            2,
            never.optimiser(),
            never.schedule(),
            new SwaSpec(0, 0.05, SwaSpec.Anneal.NONE, false),
            SparsifierSpec.NONE);
    TrainedNetwork plain = TRAINER.train(job(NET, never, Masks.NONE), DATA, EpochListener.NONE);
    TrainedNetwork seen = TRAINER.train(job(NET, often, Masks.NONE), DATA, EpochListener.NONE);
    assertSameBits(seen.weights(), plain.weights());
    assertThat(seen.epochs().stream().map(p -> p.getValidationLoss() != null))
        .containsExactly(false, true, false, true);
    assertThat(seen.epochs().get(3).getValidationAccuracy()).isBetween(0.0, 1.0);
  }

  @Test
  void tellsTheListenerOfEveryEpoch() {
    List<EpochPoint> heard = new ArrayList<>();
    TrainedNetwork trained =
        TRAINER.train(
            job(NET, training(2, 16, adam(0), constant(0.01)), Masks.NONE),
            DATA,
            (point, imagesPerSecond) -> {
              assertThat(imagesPerSecond).isPositive();
              heard.add(point);
            });
    assertThat(heard).isEqualTo(trained.epochs());
  }

  @Test
  void refusesImagesThatTheNetworkCannotRead() {
    TrainingJob job = job(NET, training(1, 16, adam(0), constant(0.01)), Masks.NONE);
    DataSplits others = data(Fixtures.mlp(), 10, 0);
    assertThatThrownBy(() -> TRAINER.train(job, others, EpochListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2×6×6")
        .hasMessageContaining("1×2×3");
  }

  private static TensorSet part(TrainingSpec spec, TensorSet start, int from, int to, boolean swa) {
    TrainingJob job =
        Fixtures.job(
            NET,
            spec,
            start,
            masks(NET),
            from,
            to,
            swa ? spec.swa().epochsOf(to - from) : 0,
            augmented(),
            new DrawKey(9, 1, 2));
    return TRAINER.train(job, DATA, EpochListener.NONE).weights();
  }

  private static void assertZeroOutside(Mask mask, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!mask.keeps(i)) {
        assertThat(Float.floatToRawIntBits(values[i])).as("entry %d is +0", i).isZero();
      } else {
        assertThat(values[i]).isNotZero();
      }
    }
  }

  static void assertSameBits(TensorSet actual, TensorSet expected) {
    assertThat(actual.tensors()).hasSameSizeAs(expected.tensors());
    for (Tensor tensor : expected.tensors()) {
      assertThat(actual.get(tensor.name()).values()).as(tensor.name()).isEqualTo(tensor.values());
    }
  }

  /** A trainer that tells which moments its engine ended with. */
  static Trainer watched(List<float[]> moments) {
    EngineFactory real = TorchTrainer.engines(Device.cpu());
    return new LoopTrainer(
        (job, data, start) -> {
          Engine engine = real.open(job, data, start);
          return (Engine)
              Proxy.newProxyInstance(
                  Engine.class.getClassLoader(),
                  new Class<?>[] {Engine.class},
                  (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                      moments.addAll(engine.moments());
                    }
                    return method.invoke(engine, arguments);
                  });
        });
  }
}
