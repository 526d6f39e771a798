package io.ticketflow.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarSourceTest {
  private static final CifarSource.Layout ONE_LABEL =
      new CifarSource.Layout(10, 1, List.of("a.bin", "b.bin"), 2, "test.bin", 1);
  private static final CifarSource.Layout TWO_LABELS =
      new CifarSource.Layout(100, 2, List.of("a.bin", "b.bin"), 2, "test.bin", 1);

  @TempDir Path dir;

  /** A file whose records hold their label bytes, then 3,072 times the last of them plus 1. */
  private void write(String name, int[]... records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int[] labels : records) {
      for (int label : labels) {
        bytes.write(label);
      }
      byte[] pixels = new byte[3072];
      Arrays.fill(pixels, (byte) (labels[labels.length - 1] + 1));
      bytes.write(pixels);
    }
    Files.write(dir.resolve(name), bytes.toByteArray());
  }

  private static int[] labels(int... labels) {
    return labels;
  }

  private void writeSoundFiles() throws IOException {
    write("a.bin", labels(3), labels(9));
    write("b.bin", labels(0), labels(7));
    write("test.bin", labels(5));
  }

  private void refused(String... parts) {
    assertThatThrownBy(() -> new CifarSource(dir, ONE_LABEL).read(Part.TRAIN, 0))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }

  @Test
  void readsTheFilesOneAfterAnother() throws IOException {
    writeSoundFiles();
    CifarSource source = new CifarSource(dir, ONE_LABEL);
    Images train = source.read(Part.TRAIN, 0);
    assertThat(train.labels()).containsExactly(3, 9, 0, 7);
    assertThat(new int[] {train.channels(), train.height(), train.width(), train.classes()})
        .containsExactly(3, 32, 32, 10);
    for (int image = 0; image < 4; image++) {
      byte[] expected = new byte[3072];
      Arrays.fill(expected, (byte) (train.labels()[image] + 1));
      assertThat(Arrays.copyOfRange(train.pixels(), image * 3072, (image + 1) * 3072))
          .isEqualTo(expected);
    }
    assertThat(source.read(Part.TEST, 0).labels()).containsExactly(5);
  }

  @Test
  void ofTwoLabelsTheFineOneCounts() throws IOException {
    write("a.bin", labels(1, 99), labels(2, 40));
    write("b.bin", labels(3, 0), labels(19, 7));
    Images train = new CifarSource(dir, TWO_LABELS).read(Part.TRAIN, 0);
    assertThat(train.labels()).containsExactly(99, 40, 0, 7);
    assertThat(train.classes()).isEqualTo(100);
  }

  @Test
  void limitsReachIntoTheNextFile() throws IOException {
    writeSoundFiles();
    assertThat(new CifarSource(dir, ONE_LABEL).read(Part.TRAIN, 3).labels())
        .containsExactly(3, 9, 0);
    assertThatThrownBy(() -> new CifarSource(dir, ONE_LABEL).read(Part.TRAIN, 5))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.train must be at most 4");
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    writeSoundFiles();
    Files.delete(dir.resolve("b.bin"));
    refused(dir.resolve("b.bin") + " does not exist");
    assertThatThrownBy(() -> Datasets.load(DataSpecs.files("cifar10", dir)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data_batch_1.bin")
        .hasMessageContaining("cifar-10-batches-bin");
  }

  @Test
  void filesOfAnotherLengthAreNamed() throws IOException {
    writeSoundFiles();
    write("b.bin", labels(0));
    refused("b.bin", "truncated");
    write("b.bin", labels(0), labels(7), labels(1));
    refused("b.bin", "too long");
  }

  @Test
  void labelsOutOfRangeAreNamedEvenBeyondTheLimit() throws IOException {
    writeSoundFiles();
    write("b.bin", labels(0), labels(10));
    refused("b.bin", "label 10 at image 1");
    assertThatThrownBy(() -> new CifarSource(dir, ONE_LABEL).read(Part.TRAIN, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("label 10");
  }
}
