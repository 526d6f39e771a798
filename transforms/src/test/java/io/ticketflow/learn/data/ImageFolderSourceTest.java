package io.ticketflow.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderSourceTest {
  @TempDir Path dir;

  private void write(String path, int type, int... rows) throws IOException {
    BufferedImage image = new BufferedImage(16, rows.length, type);
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < 16; x++) {
        if (type == BufferedImage.TYPE_BYTE_GRAY) {
          image.getRaster().setSample(x, y, 0, rows[y]);
        } else {
          image.setRGB(x, y, rows[y]);
        }
      }
    }
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    String name = file.toString();
    assertThat(ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile()))
        .isTrue();
  }

  private void grey(String path, int... rows) throws IOException {
    write(path, BufferedImage.TYPE_BYTE_GRAY, rows);
  }

  @BeforeEach
  void writeSoundFiles() throws IOException {
    grey("train/bees/2.png", 20);
    grey("train/bees/1.png", 10);
    grey("train/bees/3.jpg", 30);
    grey("train/ants/1.bmp", 40);
    grey("test/ants/x.png", 50);
    grey("test/bees/x.png", 60);
    Files.writeString(dir.resolve("train/bees/.hidden"), "not looked at");
  }

  private void refused(String... parts) {
    assertThatThrownBy(() -> Datasets.load(DataSpecs.files("folder", dir)))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }

  @Test
  void classesAreSortedAndTakeTurns() {
    DataSplits splits = Datasets.load(DataSpecs.files("folder", dir));
    Images train = splits.train();
    assertThat(new int[] {train.channels(), train.height(), train.width(), train.classes()})
        .containsExactly(1, 8, 8, 2);
    assertThat(train.labels()).containsExactly(0, 1, 1, 1);
    assertThat(new int[] {train.pixels()[0], train.pixels()[64], train.pixels()[128]})
        .containsExactly(40, 10, 20);
    assertThat((int) train.pixels()[192]).isBetween(28, 32);
    assertThat(splits.test().labels()).containsExactly(0, 1);
  }

  @Test
  void scalingAveragesTheAreaOfEachPixel() throws IOException {
    // Ten rows onto eight: a new row covers 1.25 old ones.
    grey("x.png", 0, 100, 200, 0, 0, 0, 0, 0, 0, 80);
    byte[] pixels = new byte[64];
    ImageFile.read(dir.resolve("x.png"), 1).scale(8, pixels, 0);
    int[] rows = new int[8];
    for (int y = 0; y < 8; y++) {
      rows[y] = pixels[y * 8 + 3] & 0xFF;
    }
    // 0.25·100 / 1.25; (0.75·100 + 0.5·200) / 1.25; 0.5·200 / 1.25; 80 / 1.25
    assertThat(rows).containsExactly(20, 140, 80, 0, 0, 0, 0, 64);
  }

  @Test
  void scalingUpRepeatsPixels() throws IOException {
    grey("x.png", 7, 9);
    byte[] pixels = new byte[64];
    ImageFile.read(dir.resolve("x.png"), 1).scale(8, pixels, 0);
    byte[] expected = new byte[64];
    Arrays.fill(expected, 0, 32, (byte) 7);
    Arrays.fill(expected, 32, 64, (byte) 9);
    assertThat(pixels).isEqualTo(expected);
  }

  @Test
  void coloursKeepTheirChannelsOrBecomeLuma() throws IOException {
    write("x.png", BufferedImage.TYPE_INT_RGB, 0xC86432);
    assertThat(ImageFile.read(dir.resolve("x.png"), 3).levels())
        .startsWith(200, 200)
        .endsWith(50, 50)
        .contains(100);
    // 0.299·200 + 0.587·100 + 0.114·50 = 124.2
    assertThat(ImageFile.read(dir.resolve("x.png"), 1).levels()).containsOnly(124);
  }

  @Test
  void greyLevelsAreTakenAsStored() throws IOException {
    grey("x.png", 128);
    assertThat(ImageFile.read(dir.resolve("x.png"), 1).levels()).containsOnly(128);
    assertThat(ImageFile.read(dir.resolve("x.png"), 3).levels()).containsOnly(128);
  }

  @Test
  void limitsKeepClassesEven() {
    DataSplits splits = Datasets.load(DataSpecs.files("folder", dir, 2, 0, 0));
    assertThat(splits.train().labels()).containsExactly(0, 1);
    assertThatThrownBy(() -> Datasets.load(DataSpecs.files("folder", dir, 5, 0, 0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.train must be at most 4");
  }

  @Test
  void undecodableImagesAreNamed() throws IOException {
    Path file = dir.resolve("train/ants/1.bmp");
    Files.writeString(file, "ants");
    refused(file.toString(), "is not a PNG, JPEG, BMP or GIF image");
    byte[] png = Files.readAllBytes(dir.resolve("test/ants/x.png"));
    Files.write(file, Arrays.copyOf(png, png.length / 2));
    refused(file.toString(), "not an image that can be decoded");
  }

  @Test
  void foldersInsideAClassAreNamed() throws IOException {
    Files.createDirectories(dir.resolve("train/ants/more"));
    refused(dir.resolve("train/ants/more").toString(), "not a file");
  }

  @Test
  void emptyClassesAreNamed() throws IOException {
    Files.delete(dir.resolve("train/ants/1.bmp"));
    refused(dir.resolve("train/ants").toString(), "holds no image");
  }

  @Test
  void differentClassesAreNamed() throws IOException {
    grey("test/wasps/x.png", 60);
    refused(dir.toString(), "[ants, bees]", "[ants, bees, wasps]");
  }

  @Test
  void missingPartsAreNamed(@TempDir Path empty) throws IOException {
    assertThatThrownBy(() -> Datasets.load(DataSpecs.files("folder", empty)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(empty.resolve("train").toString());
    Files.createDirectories(empty.resolve("train"));
    assertThatThrownBy(() -> Datasets.load(DataSpecs.files("folder", empty)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds no class folder");
  }
}
