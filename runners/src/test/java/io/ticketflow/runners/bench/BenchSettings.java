package io.ticketflow.runners.bench;

import io.ticketflow.settings.Settings;
import io.ticketflow.spec.RunSpec;

/** What a benchmark runs, as an experiment's file says it. */
final class BenchSettings {
  private BenchSettings() {}

  /**
   * A run of seed 1.
   *
   * @param yaml lines such as {@code training.epochs: 3}, over the program's defaults
   */
  static RunSpec run(String... yaml) {
    Settings all = Settings.defaults();
    for (String line : yaml) {
      all = Settings.parse("the benchmark", line).over(all);
    }
    return all.run(1);
  }
}
