package io.ticketflow.runners.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterChecksTest {
  private static final String ADAPTIVE = "execution.batch.adaptive.auto-parallelism.enabled";
  private static final String PARENT_FIRST = "classloader.parent-first-patterns.additional";
  private static final Map<String, String> GOOD =
      Map.of(
          ADAPTIVE, "false", "restart-strategy.type", "exponential-delay", PARENT_FIRST, "ai.djl.");
  private static final List<String> LIB = List.of("/opt/flink/lib/pytorch-engine-0.35.1.jar");

  @Test
  void takesAClusterThatSuits() {
    assertThatCode(() -> check(facts("1.19.3", 4, GOOD, LIB))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "restart-strategy, fixed-delay",
    "restart-strategy.type, failurerate",
    PARENT_FIRST + ", org.example.;ai.djl.",
    PARENT_FIRST + ", '[org.example., ai.djl]'"
  })
  void takesOtherSpellings(String key, String value) {
    Map<String, String> settings = new HashMap<>(GOOD);
    if (key.startsWith("restart")) {
      settings.remove("restart-strategy.type");
    }
    settings.put(key, value);
    assertThatCode(() -> check(facts("1.19.3", 4, settings, LIB))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          execution.batch.adaptive.auto-parallelism.enabled |      | (execution.batch.adaptive.auto-parallelism.enabled is not set, which means true): set it to false
          execution.batch.adaptive.auto-parallelism.enabled | true | enabled is true): set it to false
          restart-strategy.type                             |      | (restart-strategy.type is not set): set restart-strategy.type to exponential-delay
          restart-strategy.type                             | none | (restart-strategy.type is none)
          restart-strategy.type                             | OFF  | (restart-strategy.type is OFF)
          classloader.parent-first-patterns.additional      |      | (classloader.parent-first-patterns.additional is not set): add ai.djl.
          classloader.parent-first-patterns.additional      | org. | additional is org.): add ai.djl. to it
          """)
  void refusesWithKeyAndValue(String key, String value, String sentence) {
    Map<String, String> settings = new HashMap<>(GOOD);
    settings.remove(key);
    if (value != null) {
      settings.put(key, value);
    }
    refused(facts("1.19.3", 4, settings, LIB), sentence);
  }

  @Test
  void refusesTheOlderSpellingOfNoRestart() {
    Map<String, String> settings = new HashMap<>(GOOD);
    settings.remove("restart-strategy.type");
    settings.put("restart-strategy", "none");
    refused(facts("1.19.3", 4, settings, LIB), "(restart-strategy is none)");
  }

  @Test
  void refusesAnotherLineOfFlink() {
    refused(facts("1.20.1", 4, GOOD, LIB), "runs Flink 1.20.1: Ticketflow needs Flink 1.19");
  }

  @Test
  void refusesNoSlots() {
    refused(facts("1.19.3", 0, GOOD, LIB), "no TaskManager has registered");
  }

  @Test
  void refusesAClusterWithoutTheEngineOrWithAnother() {
    refused(
        facts("1.19.3", 4, GOOD, List.of("lib/flink-dist-1.19.3.jar")),
        "has no DJL in its lib/ folder (pytorch-engine-0.35.1.jar is not on its class path)");
    refused(
        facts("1.19.3", 4, GOOD, List.of("lib/pytorch-engine-0.34.0.jar")),
        "has DJL 0.34.0 in its lib/ folder");
  }

  private static void check(ClusterFacts facts) {
    ClusterChecks.check(facts, "0.35.1");
  }

  private static void refused(ClusterFacts facts, String sentence) {
    assertThatThrownBy(() -> check(facts))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("The cluster at 10.0.0.1:8081 ")
        .hasMessageContaining(sentence);
  }

  private static ClusterFacts facts(
      String version, int slots, Map<String, String> settings, List<String> classPath) {
    return new ClusterFacts(
        new ClusterAddress("10.0.0.1", 8081), version, slots, slots, slots, 0, settings, classPath);
  }
}
