package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.pipelines.Experiment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first experiment of somebody new runs as it is written, on the data at hand. */
class InitCommandTest {
  @TempDir Path temp;

  @Test
  void withoutDataGlyphsAreDrawn() throws IOException {
    Experiment experiment = init();
    assertThat(experiment.name()).isEqualTo("first");
    assertThat(experiment.runs()).hasSize(9); // three methods, three seeds
    assertThat(experiment.runs().get(0).spec().data().name()).isEqualTo("glyphs");
    assertThat(temp.resolve("first.yaml")).content().doesNotContainPattern("\\{[a-z]+\\}");
    Program.Said again = Program.call("init", temp.resolve("first.yaml").toString());
    assertThat(again.code()).isEqualTo(ExitCode.USAGE);
    assertThat(again.err()).contains("must name a new file");
  }

  @Test
  void filesTellWhichDataTheyAre() throws IOException {
    Path mnist = Files.createDirectory(temp.resolve("m"));
    for (String part : List.of("train", "t10k")) {
      idx(mnist.resolve(part + "-images-idx3-ubyte"), 0x803, 40, 28, 28);
      idx(mnist.resolve(part + "-labels-idx1-ubyte"), 0x801, 40);
    }
    Experiment experiment = init("--data=" + mnist);
    assertThat(experiment.runs().get(0).spec().data().name()).isEqualTo("mnist");
    assertThat(experiment.runs().get(0).spec().data().dir()).isEqualTo(mnist.toString());
    assertThat(experiment.runs().get(0).spec().model().name()).isEqualTo("lenet-300-100");
  }

  /** A magic number, the lengths of the axes, and bytes of 0. */
  private static void idx(Path file, int magic, int... axes) throws IOException {
    int size = Arrays.stream(axes).reduce(1, Math::multiplyExact);
    ByteBuffer bytes = ByteBuffer.allocate(4 * (1 + axes.length) + size).putInt(magic);
    Arrays.stream(axes).forEach(bytes::putInt);
    Files.write(file, bytes.array());
  }

  @Test
  void picturesInFoldersAreData() throws IOException {
    for (String place : List.of("train/cat", "train/dog", "test/cat", "test/dog")) {
      Path folder = Files.createDirectories(temp.resolve("pictures").resolve(place));
      for (int i = 0; i < 10; i++) {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
      }
    }
    Experiment experiment = init("--data=" + temp.resolve("pictures"));
    assertThat(experiment.runs().get(0).spec().data().name()).isEqualTo("folder");
    assertThat(experiment.runs().get(0).spec().data().channels()).isEqualTo(3);
  }

  @Test
  void aFolderOfNothingIsRefused() {
    Path file = temp.resolve("none.yaml");
    Program.Said said = Program.call("init", file.toString(), "--data=" + temp);
    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains(temp + " holds the files of none of mnist,").hasLineCount(1);
    assertThat(file).doesNotExist();
  }

  private Experiment init(String... more) {
    Path file = temp.resolve("first.yaml");
    String[] all = new String[more.length + 2];
    all[0] = "init";
    all[1] = file.toString();
    System.arraycopy(more, 0, all, 2, more.length);
    Program.Said said = Program.call(all);
    assertThat(said.code()).as(said.err()).isZero();
    return Experiment.load(file, List.of());
  }
}
