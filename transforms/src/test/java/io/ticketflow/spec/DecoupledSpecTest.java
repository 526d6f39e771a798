package io.ticketflow.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ticketflow.testing.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoupledSpecTest {
  /** By hand: 1 + 1/(1 − 0.85) = 7.6667, so 11.5 for 1,024 images is 1.5 a step of 1,024. */
  @ParameterizedTest
  @CsvSource({"1024, 1.5", "512, 0.75", "256, 0.375"})
  void aStepOfFewerImagesHasALowerRate(int batch, double rate) {
    TrainingSpec training = training(batch);
    assertThat(11.5 * training.rateUnit()).isCloseTo(rate, within(1e-12));
    // of a weight w a step's decay takes 1.5 · 0.0153/11.5 = 0.0153/7.6667 of it
    double decay = rate * training.stepwise().weightDecay();
    assertThat(decay).isCloseTo(0.0153 / (23 / 3.0) * batch / 1024, within(1e-12));
  }

  @Test
  void ratesOfAStepAreWhatTheyWere() {
    TrainingSpec training = TestSettings.training("batchSize: 77");
    assertThat(training.rateUnit()).isEqualTo(1);
    assertThat(training.stepwise()).isEqualTo(training.optimiser());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decoupled.examples: 8 | training.decoupled.examples must be 0 but for sgd with nesterov,"
            + " got 8",
        "optimiser.name: adam, decoupled.normBiases: 2 | training.decoupled.normBiases must be 1"
            + " but for sgd, got 2.0",
        "decoupled.normBiases: 0 | training.decoupled.normBiases must be above 0 and at most"
            + " 1000000, got 0.0",
        "optimiser: {nesterov: true, weightDecay: 0.2}, decoupled.examples: 8 |"
            + " training.optimiser.weightDecay must be below training.schedule.learningRate with"
            + " training.decoupled.examples, got 0.2"
      })
  void whatMeansNothingIsRefused(String keys, String message) {
    assertThatThrownBy(() -> TestSettings.training(keys))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(message);
  }

  private static TrainingSpec training(int batch) {
    return TestSettings.training(
        "optimiser: {momentum: 0.85, nesterov: true, weightDecay: 0.0153}, schedule: {learningRate:"
            + " 11.5}, decoupled: {examples: 1024, normBiases: 64}, batchSize: "
            + batch);
  }
}
