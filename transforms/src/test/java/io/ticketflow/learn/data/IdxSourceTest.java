package io.ticketflow.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxSourceTest {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";

  @TempDir Path dir;

  @BeforeEach
  void writeSoundFiles() throws IOException {
    IdxFiles.write(dir);
  }

  private DataSplits load() {
    return Datasets.load(DataSpecs.files("mnist", dir));
  }

  private void refused(String... parts) {
    assertThatThrownBy(this::load)
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }

  @Test
  void readsImagesAndLabelsInFileOrder() {
    DataSplits splits = load();
    Images train = splits.train();
    assertThat(new int[] {train.channels(), train.height(), train.width(), train.classes()})
        .containsExactly(1, 2, 3, 10);
    assertThat(train.labels()).containsExactly(5, 0, 4, 1, 9);
    byte[] expected = new byte[30];
    for (int i = 0; i < 30; i++) {
      expected[i] = (byte) i;
    }
    assertThat(train.pixels()).isEqualTo(expected);
    assertThat(splits.test().labels()).containsExactly(7, 2);
  }

  @Test
  void readsPackedAndDotNamedFilesAndFoldersBelow() throws IOException {
    String plain = Datasets.digest(DataSpecs.files("mnist", dir));
    Path above = dir.resolve("packed");
    Path packed = Files.createDirectories(above.resolve("fashion-mnist"));
    IdxFiles.gzip(packed.resolve("train-images.idx3-ubyte.gz"), IdxFiles.images(5));
    IdxFiles.gzip(packed.resolve("train-labels-idx1-ubyte.gz"), IdxFiles.labels(5, 0, 4, 1, 9));
    Files.write(packed.resolve("t10k-images.idx3-ubyte"), IdxFiles.images(2));
    Files.write(packed.resolve("t10k-labels.idx1-ubyte"), IdxFiles.labels(7, 2));
    assertThat(Datasets.digest(DataSpecs.files("fashion-mnist", above))).isEqualTo(plain);
    assertThat(Datasets.digest(DataSpecs.files("fashion-mnist", packed))).isEqualTo(plain);
  }

  @Test
  void limitsTakeTheFirstImages() {
    DataSplits splits = Datasets.load(DataSpecs.files("mnist", dir, 3, 1, 0));
    assertThat(splits.train().labels()).containsExactly(5, 0, 4);
    assertThat(splits.train().pixels()).hasSize(18);
    assertThat(splits.test().labels()).containsExactly(7);
  }

  @Test
  void limitsBeyondTheFilesAreRefused() {
    assertThatThrownBy(() -> Datasets.load(DataSpecs.files("mnist", dir, 6, 0, 0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.train must be at most 5")
        .hasMessageContaining("got 6");
    assertThatThrownBy(() -> Datasets.load(DataSpecs.files("mnist", dir, 0, 3, 0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.test must be at most 2");
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Files.delete(dir.resolve("t10k-labels-idx1-ubyte"));
    refused(dir.resolve("t10k-labels-idx1-ubyte") + " does not exist");
    Files.delete(dir.resolve(TRAIN_IMAGES));
    refused(dir.toString(), "holds no " + TRAIN_IMAGES, "mnist");
  }

  @Test
  void missingFoldersAreNamed() {
    assertThatThrownBy(() -> Datasets.load(DataSpecs.files("mnist", dir.resolve("nowhere"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> Datasets.load(DataSpecs.files("mnist", Path.of(""))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.dir must name the folder that holds mnist");
  }

  @Test
  void truncatedFilesAreNamed() throws IOException {
    Files.write(dir.resolve(TRAIN_IMAGES), Arrays.copyOf(IdxFiles.images(5), 45));
    refused(TRAIN_IMAGES, "truncated", "45 bytes");
    Files.write(dir.resolve(TRAIN_IMAGES), new byte[3]);
    refused(TRAIN_IMAGES, "truncated", "3 bytes");
  }

  @Test
  void filesThatGoOnAreNamed() throws IOException {
    Files.write(dir.resolve(TRAIN_LABELS), Arrays.copyOf(IdxFiles.labels(5, 0, 4, 1, 9), 14));
    refused(TRAIN_LABELS, "too long");
  }

  @Test
  void wrongMagicNumbersAreNamed() throws IOException {
    Files.write(dir.resolve(TRAIN_IMAGES), IdxFiles.labels(1, 2, 3));
    refused(TRAIN_IMAGES, "0x00000801", "0x00000803");
  }

  @Test
  void labelsOutOfRangeAreNamed() throws IOException {
    Files.write(dir.resolve(TRAIN_LABELS), IdxFiles.labels(5, 0, 10, 1, 9));
    refused(TRAIN_LABELS, "label 10 at image 2");
  }

  @Test
  void differentCountsAreNamed() throws IOException {
    Files.write(dir.resolve(TRAIN_LABELS), IdxFiles.labels(5, 0, 4));
    refused(TRAIN_IMAGES, "5 images", "labels are 3");
  }

  @Test
  void damagedHeadersAreNamed() throws IOException {
    byte[] wide = IdxFiles.images(5);
    wide[12] = 1;
    Files.write(dir.resolve(TRAIN_IMAGES), wide);
    refused(TRAIN_IMAGES, "damaged header");
    byte[] negative = IdxFiles.labels(5, 0, 4, 1, 9);
    negative[4] = -1;
    Files.write(dir.resolve(TRAIN_LABELS), negative);
    refused(TRAIN_LABELS, "damaged header");
  }

  @Test
  void headersThatPromiseHugeFilesDoNotExhaustMemory() throws IOException {
    byte[] huge = IdxFiles.labels(5, 0, 4, 1, 9);
    huge[4] = 0x7F;
    Files.write(dir.resolve(TRAIN_LABELS), huge);
    refused(TRAIN_LABELS, "truncated");
  }

  @Test
  void damagedGzipIsNamed() throws IOException {
    Path packed = dir.resolve(TRAIN_IMAGES + ".gz");
    Files.delete(dir.resolve(TRAIN_IMAGES));
    Files.write(packed, IdxFiles.images(5));
    refused(packed.toString(), "not a sound gzip file");
    IdxFiles.gzip(packed, IdxFiles.images(5));
    byte[] sound = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(sound, sound.length - 12));
    refused(packed.toString(), "truncated");
    sound[sound.length - 6] ^= 1;
    Files.write(packed, sound);
    refused(packed.toString(), "not a sound gzip file");
  }

  @Test
  void emptyFilesAreNamed() throws IOException {
    Files.write(dir.resolve(TRAIN_IMAGES), IdxFiles.images(0));
    Files.write(dir.resolve(TRAIN_LABELS), IdxFiles.labels());
    refused(TRAIN_IMAGES, "holds no image");
  }
}
