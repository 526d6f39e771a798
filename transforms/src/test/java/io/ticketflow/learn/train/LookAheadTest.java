package io.ticketflow.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.learn.data.Augmentation;
import io.ticketflow.learn.data.DataSplits;
import io.ticketflow.learn.device.Device;
import io.ticketflow.learn.job.DrawKey;
import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.learn.model.ModelGraph;
import io.ticketflow.learn.sparsify.MaskChange;
import io.ticketflow.learn.torch.TorchTrainer;
import io.ticketflow.learn.vector.VectorTrainer;
import io.ticketflow.math.KeyedRandom;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.LookAheadSpec;
import io.ticketflow.spec.OptimiserSpec;
import io.ticketflow.spec.ParticleTraining;
import io.ticketflow.spec.PruningSpec;
import io.ticketflow.spec.RateSpec;
import io.ticketflow.spec.ScheduleSpec;
import io.ticketflow.spec.SparsifierSpec;
import io.ticketflow.spec.SparsifierSpec.Decay;
import io.ticketflow.spec.SparsifierSpec.Grown;
import io.ticketflow.spec.SwaSpec;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.testing.Fixtures;
import io.ticketflow.testing.TestSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Instant Soup's pruning, against the same training by hand: steps of one engine after each other,
 * copies that are engines of their own, and masks by sorting.
 */
class LookAheadTest {
  private static final int EPOCHS = 4;
  private static final int IMAGES = 70;

  /** Batches of 16, 16, 16, 16 and 6: a copy's steps may go over an epoch's end. */
  private static final int BATCHES = 5;

  private static final double DECAY = 0.01;
  private static final DataSpec AUGMENTED = Fixtures.augmented();
  private static final ScheduleSpec SCHEDULE =
      TestSettings.training("schedule: {name: multi-step, learningRate: 0.05, milestones: [2]}")
          .schedule();

  /** After 2, 4 more and 6 more steps, which is at 0.6 of 20. */
  private static final List<Integer> CHANGES = List.of(2, 6, 12);

  /** 45 · (12/45)^(k/3) and 228 · (61/228)^(k/3). */
  private static final Map<Integer, List<Integer>> KEPT =
      Map.of(45, List.of(29, 19, 12), 228, List.of(147, 95, 61));

  @ParameterizedTest
  @CsvSource({"plain,sgd,2", "java,sgd,3", "java,adam,0", "torch,adam,2", "torch,sgd,0"})
  void isTheTrainingByHandAndCopiesLeaveNoTrace(String engine, String rule, int copies) {
    ModelGraph net = net(engine);
    DataSplits data = Fixtures.data(net, IMAGES, 30);
    ByHand hand = new ByHand(engines(engine), net, data, optimiser(rule, DECAY), copies);
    TensorSet expected = hand.train();
    TrainedNetwork trained = train(engine, job(net, optimiser(rule, DECAY), copies), data);
    assertThat(trained.masks()).isEqualTo(hand.masks);
    for (String name : expected.tensors().stream().map(tensor -> tensor.name()).toList()) {
      assertThat(trained.weights().get(name).values())
          .as(name)
          .isEqualTo(expected.get(name).values());
    }
    assertThat(trained.images()).isEqualTo(EPOCHS * IMAGES + hand.imagesOfCopies);
    assertThat(hand.imagesOfCopies > 0).isEqualTo(copies > 0);
  }

  @Test
  void copiesChangeTheMaskAndEqualBitsComeTwice() {
    String engine = "java";
    ModelGraph net = net(engine);
    DataSplits data = Fixtures.data(net, IMAGES, 30);
    TrainedNetwork trained = train(engine, job(net, optimiser("sgd", DECAY), 3), data);
    TrainedNetwork again = train(engine, job(net, optimiser("sgd", DECAY), 3), data);
    assertThat(again.masks()).isEqualTo(trained.masks());
    assertThat(FlatLayout.of(net).flatten(again.weights()))
        .isEqualTo(FlatLayout.of(net).flatten(trained.weights()));
    assertThat(train(engine, job(net, optimiser("sgd", DECAY), 0), data).masks())
        .isNotEqualTo(trained.masks());
  }

  private static TrainedNetwork train(String engine, TrainingJob job, DataSplits data) {
    return new LoopTrainer(engines(engine)).train(job, data, EpochListener.NONE);
  }

  private static EngineFactory engines(String name) {
    return switch (name) {
      case "java" -> VectorTrainer.engines(1);
      case "torch" -> TorchTrainer.engines(Device.cpu());
      default -> PlainEngine::new;
    };
  }

  /** With BatchNorm, whose statistics copies must leave alone, where the engine has them. */
  private static ModelGraph net(String engine) {
    return engine.equals("plain") ? Fixtures.mlp() : Fixtures.convNet();
  }

  private static OptimiserSpec optimiser(String rule, double decay) {
    return rule.equals("adam") ? Fixtures.adam(decay) : Fixtures.sgd(0.9, false, decay);
  }

  private static TrainingJob job(ModelGraph net, OptimiserSpec optimiser, int copies) {
    SparsifierSpec sparsifier =
        new SparsifierSpec(
                SparsifierSpec.Name.ISP, false, 1, 0, 0.6, 1, 2, 0.5, Decay.COSINE, Grown.ZERO, 1)
            .with(new LookAheadSpec(copies, 4, 9, 2));
    TrainingSpec training =
        new TrainingSpec(EPOCHS, 0, 0, 16, 0.1, 0, optimiser, SCHEDULE, SwaSpec.NONE, sparsifier);
    Masks full = Fixtures.fullMasks(net);
    return new TrainingJob(
        net,
        new ParticleTraining(training, 0, EPOCHS, RateSpec.SCHEDULE, 0, 0),
        0,
        Fixtures.weights(net, 4),
        full,
        kept(full).get(2),
        PruningSpec.Scope.GLOBAL,
        AUGMENTED,
        new DrawKey(9, 1, 2));
  }

  private static List<Integer> kept(Masks full) {
    return KEPT.getOrDefault((int) full.total(), List.of());
  }

  /** The training in plain words. */
  private static final class ByHand {
    private final EngineFactory engines;
    private final ModelGraph net;
    private final DataSplits data;
    private final OptimiserSpec optimiser;
    private final int copies;
    private final FlatLayout layout;
    private Masks masks;
    private long imagesOfCopies;

    ByHand(
        EngineFactory engines,
        ModelGraph net,
        DataSplits data,
        OptimiserSpec optimiser,
        int copies) {
      this.engines = engines;
      this.net = net;
      this.data = data;
      this.optimiser = optimiser;
      this.copies = copies;
      layout = FlatLayout.of(net);
      masks = Fixtures.fullMasks(net);
    }

    TensorSet train() {
      List<Integer> kept = kept(masks);
      try (Engine engine = open(optimiser, Fixtures.weights(net, 4))) {
        for (int step = 0; step < EPOCHS * BATCHES; step++) {
          double rate = step < 2 * BATCHES ? 0.05 : 0.05 * 0.1;
          if (CHANGES.contains(step)) {
            List<float[]> voters = new ArrayList<>(List.of(engine.moved()));
            for (int copy = 0; copy < copies; copy++) {
              voters.add(ahead(step, copy, engine.tensors(engine.moved()), rate));
            }
            float[] united = united(voters, layout.flags(masks), kept.get(CHANGES.indexOf(step)));
            masks = layout.masks(united, masks.tensors());
            engine.change(new MaskChange(masks, masks, Optional.empty(), false));
          }
          engine.step(batch(9, step), rate);
        }
        return engine.tensors(engine.moved());
      }
    }

    private float[] ahead(int step, int copy, TensorSet network, double rate) {
      long own = KeyedRandom.of(9, "cycle", 1, "particle", 2, "ahead", step, copy).nextLong();
      KeyedRandom protocol = KeyedRandom.of(own, "protocol");
      int steps = 4 + protocol.nextInt(6);
      double ownRate = rate * StrictMath.pow(2, 2 * protocol.nextDouble() - 1);
      double ownDecay = DECAY * StrictMath.pow(2, 2 * protocol.nextDouble() - 1);
      String rule = optimiser.name() == OptimiserSpec.Name.ADAM ? "adam" : "sgd";
      try (Engine engine = open(optimiser(rule, ownDecay), network)) {
        for (int i = 0; i < steps; i++) {
          Engine.Batch batch = batch(own, i);
          imagesOfCopies += batch.to() - batch.from();
          engine.step(batch, ownRate);
        }
        return engine.moved();
      }
    }

    private Engine open(OptimiserSpec rule, TensorSet network) {
      return engines.open(
          job(net, rule, copies), data, new EngineFactory.Start(network, List.of(), masks, 0));
    }

    private static Engine.Batch batch(long seed, int step) {
      int epoch = 1 + step / BATCHES;
      int from = 16 * (step % BATCHES);
      return new Engine.Batch(
          stream(seed, epoch, "order").permutation(IMAGES),
          from,
          Math.min(from + 16, IMAGES),
          Augmentation.of(AUGMENTED, each -> stream(seed, each, "augment"), epoch));
    }

    private static KeyedRandom stream(long seed, int epoch, String purpose) {
      return KeyedRandom.of(seed, "cycle", 1, "particle", 2, "epoch", epoch, purpose);
    }

    /** In turn each voter's next largest, of what was kept before, until there are so many. */
    private static float[] united(List<float[]> voters, float[] before, int kept) {
      List<List<Integer>> orders = new ArrayList<>();
      for (float[] weights : voters) {
        orders.add(
            IntStream.range(0, before.length)
                .filter(i -> before[i] == 1)
                .boxed()
                .sorted(Comparator.comparing(i -> -Math.abs(weights[i])))
                .toList());
      }
      float[] flags = new float[before.length];
      int count = 0;
      for (int place = 0; count < kept; place++) {
        for (List<Integer> order : orders) {
          if (count < kept && flags[order.get(place)] == 0) {
            flags[order.get(place)] = 1;
            count++;
          }
        }
      }
      return flags;
    }
  }
}
