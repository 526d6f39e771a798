package io.ticketflow.runners.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ticketflow.learn.device.DevicePolicy;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.spec.EngineName;
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
  void autoIsJavaForLinearLayersOnCpusAndTorchElsewhere() throws IOException {
    String yaml =
        "methods: [imp]\nmodel: {name: lenet-300-100}\ntraining: {engine: auto}\n"
            + "axes: {model.name: [lenet-300-100, lenet-5]}\ndata: {train: 100, test: 50}";
    Path file = Files.writeString(temp.resolve("auto.yaml"), yaml);
    Experiment experiment = Experiment.load(file, List.of());

    Prepared onCpu = Prepared.of(experiment, DevicePolicy.CPU);
    assertThat(onCpu.specs().values())
        .extracting(spec -> spec.model().name(), spec -> spec.training().engine())
        .containsExactlyInAnyOrder(
            tuple("lenet-300-100", EngineName.JAVA), tuple("lenet-5", EngineName.TORCH));
    assertThat(onCpu.notices()).contains("Engine auto: torch for 1 run, java for 1 run.");
    assertThat(Prepared.of(experiment, DevicePolicy.of("gpu", true, 1)).specs().values())
        .extracting(spec -> spec.training().engine())
        .containsOnly(EngineName.TORCH);
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
