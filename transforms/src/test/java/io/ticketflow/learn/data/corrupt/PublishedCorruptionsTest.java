package io.ticketflow.learn.data.corrupt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.learn.data.Images;
import io.ticketflow.math.corrupt.Corruption;
import io.ticketflow.spec.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders as they are published, written byte by byte: 2 images of 4 × 4 × 3 a severity. */
class PublishedCorruptionsTest {
  private static final Images CLEAN = new Images(3, 4, 4, 10, new byte[2 * 48], new int[2]);
  private static final int IMAGES = 10;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    byte[] pixels = new byte[IMAGES * 48];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 48 * 16 + i % 3);
    }
    npy("motion_blur.npy", "|u1", "(10, 4, 4, 3)", pixels);
    npy("labels.npy", "|u1", "(10,)", new byte[] {3, 1, 3, 1, 3, 1, 3, 1, 3, 9});
  }

  @Test
  void aSeverityIsAFifthOfTheFileAndChannelsComeFirst() {
    Images read = PublishedCorruptions.read(folder, Corruption.MOTION_BLUR, 5, CLEAN);
    assertThat(read.labels()).containsExactly(3, 9);
    assertThat(read.count()).isEqualTo(2);
    // image 9: 144, and the channel's number
    for (int channel = 0; channel < 3; channel++) {
      assertThat(Arrays.copyOfRange(read.pixels(), 48 + 16 * channel, 64 + 16 * channel))
          .containsOnly((byte) (9 * 16 + channel));
    }
    assertThat(PublishedCorruptions.read(folder, Corruption.MOTION_BLUR, 1, CLEAN).pixels()[0])
        .isZero();
  }

  @Test
  void labelsOfEightBytesAreReadToo() throws IOException {
    byte[] labels = new byte[80];
    for (int i = 0; i < IMAGES; i++) {
      labels[8 * i] = (byte) i;
    }
    npy("labels.npy", "<i8", "(10,)", labels);
    assertThat(PublishedCorruptions.read(folder, Corruption.MOTION_BLUR, 2, CLEAN).labels())
        .containsExactly(2, 3);
  }

  @Test
  void otherImagesOrLabelsHaveAnotherDigest() throws IOException {
    String digest = digest();
    assertThat(digest()).isEqualTo(digest);
    Path labels = folder.resolve("labels.npy");
    byte[] swapped = Files.readAllBytes(labels);
    swapped[swapped.length - 1] = 8; // as long as before
    Files.write(labels, swapped);
    Files.setLastModifiedTime(labels, FileTime.fromMillis(1));
    String relabelled = digest();
    assertThat(relabelled).isNotEqualTo(digest);
    npy("motion_blur.npy", "|u1", "(5, 4, 4, 3)", new byte[240]);
    assertThat(digest()).isNotIn(digest, relabelled);
    assertThatThrownBy(() -> PublishedCorruptions.digest(folder, Corruption.FOG))
        .isInstanceOf(UserException.class)
        .hasMessage("There is no file " + folder.resolve("fog.npy") + ".");
  }

  private String digest() {
    return PublishedCorruptions.digest(folder, Corruption.MOTION_BLUR);
  }

  @Test
  void whatIsWrongIsSaidWithTheFile() throws IOException {
    refused("fog.npy", "There is no file", Corruption.FOG);
    npy("fog.npy", "|u1", "(10, 4, 4, 3)", new byte[100]);
    refused("fog.npy", "was cut short", Corruption.FOG);
    npy("fog.npy", "<f4", "(10, 4, 4, 3)", new byte[4 * 480]);
    refused("fog.npy", "bytes (|u1) of images of 4 × 4 × 3 are needed", Corruption.FOG);
    npy("fog.npy", "|u1", "(10, 3, 4, 4)", new byte[480]);
    refused("fog.npy", "are needed", Corruption.FOG);
    Files.write(folder.resolve("fog.npy"), "PK".repeat(20).getBytes(US_ASCII));
    refused("fog.npy", "is no array of NumPy", Corruption.FOG);
    npy("labels.npy", "|u1", "(9,)", new byte[9]);
    refused("labels.npy", "has 9 labels for the 10 images", Corruption.MOTION_BLUR);
    byte[] many = new byte[IMAGES];
    Arrays.fill(many, (byte) 10);
    npy("labels.npy", "|u1", "(10,)", many);
    refused("labels.npy", "has label 10, but there are 10 classes", Corruption.MOTION_BLUR);
  }

  private void refused(String file, String why, Corruption corruption) {
    assertThatThrownBy(() -> PublishedCorruptions.read(folder, corruption, 1, CLEAN))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(why);
  }

  /** An image's draws do not depend on the others. */
  @Test
  void generatedImagesAreEachByItself() {
    byte[] pixels = new byte[3 * 48];
    Arrays.fill(pixels, (byte) 100);
    Images three = new Images(3, 4, 4, 10, pixels, new int[] {1, 2, 3});
    Images one = three.select(new int[] {0});
    Images all = CorruptedImages.of(three, Corruption.GAUSSIAN_NOISE, 3, 0);
    assertThat(all.labels()).containsExactly(1, 2, 3);
    assertThat(CorruptedImages.of(one, Corruption.GAUSSIAN_NOISE, 3, 0).pixels())
        .isEqualTo(Arrays.copyOf(all.pixels(), 48));
    assertThat(Arrays.copyOf(all.pixels(), 48))
        .isNotEqualTo(Arrays.copyOfRange(all.pixels(), 48, 96));
  }

  /** NumPy's format 1.0: magic, version, the header's length, the header, the entries. */
  private void npy(String name, String type, String shape, byte[] entries) throws IOException {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(header.length());
    out.write(0);
    out.write(header.getBytes(US_ASCII));
    out.write(entries);
    Files.write(folder.resolve(name), out.toByteArray());
  }
}
