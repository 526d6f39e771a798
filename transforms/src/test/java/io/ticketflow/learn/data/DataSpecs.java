package io.ticketflow.learn.data;

import io.ticketflow.spec.DataSpec;
import io.ticketflow.testing.TestSettings;
import java.nio.file.Path;
import java.util.Locale;

/** Specifications of data for tests. */
final class DataSpecs {
  private DataSpecs() {}

  static DataSpec glyphs(int train, int test, double validation, int channels, long seed) {
    return TestSettings.data(
        String.format(
            Locale.ROOT,
            "train: %d, test: %d, validation: %s, size: 28, channels: %d, seed: %d",
            train,
            test,
            validation,
            channels,
            seed));
  }

  static DataSpec files(String name, Path dir) {
    return files(name, dir, 0, 0, 0);
  }

  static DataSpec files(String name, Path dir, int train, int test, double validation) {
    return TestSettings.data(
        String.format(
            Locale.ROOT,
            "name: %s, dir: '%s', train: %d, test: %d, validation: %s, size: 8",
            name,
            dir,
            train,
            test,
            validation));
  }
}
