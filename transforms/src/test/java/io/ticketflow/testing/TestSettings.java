package io.ticketflow.testing;

import io.ticketflow.settings.Settings;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.TrainingSpec;
import java.util.List;
import java.util.stream.Stream;

/** Settings as an experiment's file says them, over the program's defaults. */
public final class TestSettings {
  private TestSettings() {}

  /**
   * A run of seed 1.
   *
   * @param yaml lines such as {@code training.epochs: 3}; of two for one key the later holds
   */
  public static RunSpec run(String... yaml) {
    Settings all = Settings.defaults();
    for (String line : yaml) {
      all = Settings.parse("the test", line).over(all);
    }
    return all.run(1);
  }

  /** A run of these lines, and of more that hold over them. */
  public static RunSpec run(List<String> lines, String... more) {
    return run(Stream.concat(lines.stream(), Stream.of(more)).toArray(String[]::new));
  }

  /** Data of these keys, such as {@code train: 10}. */
  public static DataSpec data(String yaml) {
    return run("data: {" + yaml + "}").data();
  }

  /** A training of these keys, such as {@code epochs: 3}. */
  /** A model of these keys. */
  public static ModelSpec model(String yaml) {
    return run("model: {" + yaml + "}").model();
  }

  public static TrainingSpec training(String yaml) {
    return run("training: {" + yaml + "}").training();
  }
}
