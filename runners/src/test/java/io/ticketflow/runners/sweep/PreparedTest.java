package io.ticketflow.runners.sweep;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.spec.UserException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedTest {
  @TempDir Path temp;

  private Prepared prepare(String yaml) throws IOException {
    Path file = Files.writeString(temp.resolve("x.yaml"), yaml);
    return Prepared.of(Experiment.load(file, List.of()), DevicePolicy.CPU);
  }

  @Test
  void ofSeveralRunsTheOneThatCannotBeIsNamed() {
    String entries = "{method: imp, as: none, pruning: {exclude: ['head*']}}";
    String data = "\ndata: {train: 100, test: 50}";

    assertThatThrownBy(() -> prepare("methods: [imp, " + entries + "]" + data))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("run none-seed1: pruning.exclude has head*");
    assertThatThrownBy(() -> prepare("methods: [" + entries + "]" + data))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("pruning.exclude has head*");
  }

  @Test
  void oneClassIsNothingToLearn() throws IOException {
    for (String split : List.of("train", "test")) {
      Path images = Files.createDirectories(temp.resolve("data/" + split + "/only"));
      for (int i = 0; i < 10; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
        ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
      }
    }

    assertThatThrownBy(
            () ->
                prepare(
                    "methods: [imp]\ndata: {name: folder, dir: '" + temp.resolve("data") + "'}"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("at least 2 classes, got 1");
  }
}
