package io.ticketflow.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.testing.TestSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
  private static final DataSpec SPEC = DataSpecs.glyphs(200, 50, 0.1, 1, 1);

  private static List<String> hashes(Images images) {
    List<String> hashes = new ArrayList<>();
    int size = images.imageSize();
    for (int i = 0; i < images.count(); i++) {
      hashes.add(Arrays.toString(Arrays.copyOfRange(images.pixels(), i * size, (i + 1) * size)));
    }
    return hashes;
  }

  @Test
  void trainAndValidationAreDisjointAndCompleteAndInFileOrder() {
    DataSplits splits = Datasets.load(SPEC);
    List<String> all = hashes(new GlyphSource(1, 1).read(Part.TRAIN, 200));
    List<String> train = hashes(splits.train());
    List<String> validation = hashes(splits.validation());
    assertThat(validation).hasSize(20).doesNotContainAnyElementsOf(train);
    Set<String> union = new HashSet<>(train);
    union.addAll(validation);
    assertThat(union).isEqualTo(new HashSet<>(all)).hasSize(200);
    List<String> inFileOrder = new ArrayList<>(all);
    inFileOrder.retainAll(new HashSet<>(validation));
    assertThat(validation).isEqualTo(inFileOrder);
  }

  @Test
  void validationCountIsRoundedToTheNearest() {
    assertThat(Datasets.load(DataSpecs.glyphs(25, 10, 0.1, 1, 1)).validation().count())
        .isEqualTo(3);
    assertThat(Datasets.load(DataSpecs.glyphs(24, 10, 0.1, 1, 1)).validation().count())
        .isEqualTo(2);
  }

  @Test
  void noFractionMakesNoValidationSplit() {
    DataSplits splits = Datasets.load(DataSpecs.glyphs(30, 10, 0, 1, 1));
    assertThat(splits.validation().count()).isZero();
    assertThat(splits.train().count()).isEqualTo(30);
  }

  @Test
  void splitSeedChangesTheSplitAndNothingElse() {
    DataSpec other = TestSettings.data("train: 200, test: 50, splitSeed: 99, size: 28, seed: 1");
    assertThat(hashes(Datasets.load(other).validation()))
        .isNotEqualTo(hashes(Datasets.load(SPEC).validation()));
    assertThat(Datasets.digest(other)).isEqualTo(Datasets.digest(SPEC));
  }

  @Test
  void emptySplitsAreRefused() {
    assertThatThrownBy(() -> Datasets.load(DataSpecs.glyphs(4, 10, 0.1, 1, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.validation")
        .hasMessageContaining("leaves validation empty");
    assertThatThrownBy(() -> Datasets.load(DataSpecs.glyphs(4, 10, 0.9, 1, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("leaves train empty");
  }

  @Test
  void meanAndStdAreThoseOfThePixelsInUnits() {
    DataSplits splits = Datasets.load(DataSpecs.glyphs(100, 10, 0.2, 3, 5));
    Images train = splits.train();
    for (int channel = 0; channel < 3; channel++) {
      double[] values = new double[train.count() * 1024];
      for (int i = 0; i < values.length; i++) {
        values[i] = (train.pixels()[(i / 1024) * 3072 + channel * 1024 + i % 1024] & 0xFF) / 255.0;
      }
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance =
          Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      assertThat(splits.mean()[channel]).isEqualTo((float) mean);
      assertThat((double) splits.std()[channel])
          .isCloseTo(Math.sqrt(variance), org.assertj.core.data.Offset.offset(1e-7));
    }
  }

  @Test
  void channelWithoutVariationGetsStdOne() {
    byte[] pixels = new byte[8];
    Arrays.fill(pixels, (byte) 51);
    Normalisation normalisation = Normalisation.of(new Images(1, 2, 2, 2, pixels, new int[2]));
    assertThat(normalisation.mean()).containsExactly(0.2f);
    assertThat(normalisation.std()).containsExactly(1f);
  }

  @Test
  void digestIsCheckedWhenTheSpecificationCarriesOne() {
    String digest = Datasets.digest(SPEC);
    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(Datasets.load(SPEC.withDigest(digest))).isSameAs(Datasets.load(SPEC));
    assertThatThrownBy(() -> Datasets.load(SPEC.withDigest("00")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.digest is 00")
        .hasMessageContaining(digest);
  }

  /** As between two jobs of a cluster, whose processes stay. */
  @Test
  void filesThatHaveChangedAreReadAgainForWhoKnowsTheirDigest(@TempDir Path temp) throws Exception {
    Path folder = temp.resolve("data");
    Path elsewhere = temp.resolve("new");
    DataSpec spec = DataSpecs.files("mnist", folder);
    IdxFiles.write(folder);
    IdxFiles.write(elsewhere);
    String before = Datasets.digest(spec);
    assertThat(Datasets.load(spec.withDigest(before)).train().labels()).contains(9);
    for (Path changed : List.of(folder, elsewhere)) {
      Files.write(changed.resolve("train-labels-idx1-ubyte"), IdxFiles.labels(1, 2, 3, 4, 5));
    }
    String after = Datasets.digest(DataSpecs.files("mnist", elsewhere));
    assertThat(Datasets.load(spec.withDigest(after)).train().labels())
        .containsExactly(1, 2, 3, 4, 5);
    assertThatThrownBy(() -> Datasets.load(spec.withDigest(before)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.digest is " + before);
  }

  @Test
  void digestIsThatOfTheDocumentedBytes() throws Exception {
    Images images = new Images(1, 1, 2, 3, new byte[] {1, 2}, new int[] {2});
    byte[] bytes = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 1, 1, 2, 0, 0, 0, 2};
    String expected =
        java.util.HexFormat.of()
            .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(ContentDigest.of(images)).isEqualTo(expected);
  }

  @Test
  void augmentationSettingsShareTheSameImages() {
    DataSpec augmented =
        TestSettings.data("train: 200, test: 50, size: 28, seed: 1, crop: 4, flip: true");
    assertThat(Datasets.load(augmented)).isSameAs(Datasets.load(SPEC));
  }

  @Test
  void aFolderIsReadOnceHoweverItIsCalled(@TempDir Path temp) throws IOException {
    for (String split : List.of("train", "test")) {
      for (String label : List.of("a", "b")) {
        Path images = Files.createDirectories(temp.resolve(split).resolve(label));
        for (int i = 0; i < 4; i++) {
          BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
          ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
        }
      }
    }
    DataSpec named = DataSpecs.files("folder", temp);
    Path relative = Path.of("").toAbsolutePath().relativize(temp);
    assertThat(Datasets.load(named.at(relative.toString()))).isSameAs(Datasets.load(named));
    assertThat(Datasets.load(named.at(temp + "/train/.."))).isSameAs(Datasets.load(named));
  }

  @Test
  void concurrentCallersGetOneLoad() throws Exception {
    DataSpec fresh = DataSpecs.glyphs(300, 20, 0.1, 1, 4711);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<DataSplits> load = () -> Datasets.load(fresh);
      Set<Integer> identities = new HashSet<>();
      for (Future<DataSplits> result : threads.invokeAll(List.of(load, load, load, load))) {
        identities.add(System.identityHashCode(result.get()));
      }
      assertThat(identities).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shapeIsThatOfTheImages() {
    assertThat(Datasets.shape(SPEC)).isEqualTo(new Datasets.Shape(1, 28, 28, 10));
  }

  @Test
  void unknownNamesAreRefused() {
    DataSpec unknown = TestSettings.data("name: imagenet, validation: 0, size: 28");
    assertThatThrownBy(() -> Datasets.load(unknown))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("imagenet");
  }
}
