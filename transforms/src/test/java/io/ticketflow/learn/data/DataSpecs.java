package io.ticketflow.learn.data;

import io.ticketflow.spec.DataSpec;
import java.nio.file.Path;

/** Specifications of data for tests. */
final class DataSpecs {
  private DataSpecs() {}

  static DataSpec glyphs(int train, int test, double validation, int channels, long seed) {
    return new DataSpec("glyphs", "", "", train, test, validation, 0, 28, channels, seed, 0, false);
  }

  static DataSpec files(String name, Path dir) {
    return files(name, dir, 0, 0, 0);
  }

  static DataSpec files(String name, Path dir, int train, int test, double validation) {
    return new DataSpec(name, dir.toString(), "", train, test, validation, 0, 8, 1, 0, 0, false);
  }
}
