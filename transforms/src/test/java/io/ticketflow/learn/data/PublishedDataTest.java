package io.ticketflow.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ticketflow.spec.DataSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The published files, where the environment says that they lie. */
class PublishedDataTest {
  private static Path folder(String below) {
    String root = System.getProperty("TICKETFLOW_DATA", System.getenv("TICKETFLOW_DATA"));
    assumeTrue(root != null, "TICKETFLOW_DATA names no folder");
    Path folder = Path.of(root);
    assumeTrue(Files.isDirectory(folder.resolve(below)), below + " is not there");
    return folder;
  }

  @Test
  void mnistBeginsAsItIsKnownTo() {
    DataSplits splits = Datasets.load(DataSpecs.files("mnist", folder("mnist")));
    assertThat(splits.train().count()).isEqualTo(60_000);
    assertThat(splits.test().count()).isEqualTo(10_000);
    assertThat(Arrays.copyOf(splits.train().labels(), 5)).containsExactly(5, 0, 4, 1, 9);
    assertThat((double) splits.mean()[0]).isCloseTo(0.1307, offset(5e-5));
    assertThat((double) splits.std()[0]).isCloseTo(0.3081, offset(5e-5));
  }

  @Test
  void cifar10IsReadWhole() {
    DataSpec spec = DataSpecs.files("cifar10", folder("cifar-10-batches-bin"));
    DataSplits splits = Datasets.load(spec);
    assertThat(splits.train().count()).isEqualTo(50_000);
    assertThat(splits.test().count()).isEqualTo(10_000);
    // The order and the exact pixels are left open: copies in circulation differ in both.
    for (int label = 0; label < 10; label++) {
      int wanted = label;
      assertThat(IntStream.of(splits.test().labels()).filter(l -> l == wanted)).hasSize(1000);
    }
    double[] mean = {0.4914, 0.4822, 0.4465};
    double[] std = {0.2470, 0.2435, 0.2616};
    for (int channel = 0; channel < 3; channel++) {
      assertThat((double) splits.mean()[channel]).isCloseTo(mean[channel], offset(2e-3));
      assertThat((double) splits.std()[channel]).isCloseTo(std[channel], offset(2e-3));
    }
  }
}
