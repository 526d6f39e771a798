package io.ticketflow.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.ticketflow.learn.job.TrainingJob;
import io.ticketflow.learn.model.FlatLayout;
import io.ticketflow.spec.SparsifierSpec;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The laws of every engine, and the way of the oracle, which is another engine. */
abstract class OracleLaws extends EngineLaws {
  @ParameterizedTest
  @CsvSource({
    "STATIC,sgd",
    "STATIC,nesterov",
    "STATIC,adam",
    "GMP,sgd",
    "RIGL,sgd",
    "DPF,sgd",
    "ISP,sgd"
  })
  final void goesTheOraclesWay(SparsifierSpec.Name name, String rule) {
    TrainingJob job = job(rule, sparsifier(name), 2);
    TrainedNetwork expected =
        new LoopTrainer(PlainEngine::new).train(job, DATA, EpochListener.NONE);
    TrainedNetwork trained = train(job, new ArrayList<>(), Optional.empty());
    assertThat(trained.masks()).isEqualTo(expected.masks());
    float[] theirs = FlatLayout.of(NET).flatten(expected.weights());
    float[] ours = FlatLayout.of(NET).flatten(trained.weights());
    for (int i = 0; i < ours.length; i++) {
      assertThat(ours[i]).isCloseTo(theirs[i], offset(1e-4f));
    }
    for (int i = 0; i < EPOCHS; i++) {
      assertThat(trained.epochs().get(i).getTrainLoss())
          .isCloseTo(expected.epochs().get(i).getTrainLoss(), offset(1e-5));
      assertThat(trained.epochs().get(i).getValidationLoss())
          .isCloseTo(expected.epochs().get(i).getValidationLoss(), offset(1e-5));
    }
  }
}
