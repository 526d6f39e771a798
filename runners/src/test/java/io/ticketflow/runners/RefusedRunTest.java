package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The program refuses a run that cannot be: it says why in one sentence, and trains and changes
 * nothing.
 */
class RefusedRunTest extends CommandFixture {
  @Test
  void aMistypedKeyNamesTheNearestOne() {
    assertThat(run("training.epoch=3")).isEqualTo(2);
    assertThat(sentence()).contains("training.epochs");
    assertThat(err.lines()).hasSize(1);
    assertThat(output).doesNotExist();
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(call("run", temp.resolve("absent.yaml").toString())).isEqualTo(2);
    assertThat(sentence()).contains("absent.yaml");
  }

  @Test
  void missingDataAreFoundBeforeAnythingIsWritten() {
    assertThat(run("data.name=mnist", "data.dir=" + temp.resolve("nowhere"))).isEqualTo(2);
    assertThat(sentence()).contains("nowhere");
    assertThat(output).doesNotExist();
  }

  @Test
  void aNetworkThatDoesNotFitIsFoundBeforeAnythingIsWritten() {
    assertThat(run("model.name=lenet-300-10")).isEqualTo(2);
    assertThat(sentence()).contains("lenet-300-10");
    assertThat(output).doesNotExist();
  }

  @Test
  void aDeviceThatIsNotThereIsFoundBeforeAnythingIsWritten() {
    assertThat(run("--device=gpu99")).isEqualTo(2);
    assertThat(sentence()).contains("gpu99");
    assertThat(run("--device=tpu")).isEqualTo(2);
    assertThat(output).doesNotExist();
  }

  @Test
  void aFolderOfTheUsersIsLeftAsItWas() throws IOException {
    Files.createDirectories(output);
    Files.writeString(output.resolve("thesis.tex"), "mine");
    assertThat(run()).isEqualTo(2);
    assertThat(sentence()).contains("thesis.tex");
    assertThat(files(output)).containsOnlyKeys("thesis.tex");
  }

  @Test
  void pruningThatCannotBeIsFoundBeforeAnyTraining() {
    assertThat(run("pruning.exclude=[head*]")).isEqualTo(2);
    assertThat(sentence()).contains("pruning.exclude has head*, which matches none");
    assertThat(run("pruning.rate=0.999", "pruning.cycles=3")).isEqualTo(2);
    assertThat(sentence()).contains("pruning leaves none of the", "cycle 3");
    assertThat(output).doesNotExist();
  }

  @Test
  void otherImagesAreAnotherExperiment() throws IOException {
    assertThat(run()).isZero();
    Path experiment = output.resolve("experiment.yaml");
    String there = Files.readString(experiment);
    Files.writeString(experiment, there.replaceAll("(\\s+digest: \"?)[0-9a-f]{8}", "$100000000"));
    assertThat(Files.readString(experiment)).isNotEqualTo(there);
    assertThat(run()).isEqualTo(2);
    assertThat(sentence()).contains("another experiment", "the images that imp-seed");
  }

  @Test
  void anOutputThatAnotherRunWritesToIsRefused() throws IOException {
    try (OutputFolder held = OutputFolder.claim(Location.of(output))) {
      assertThat(run()).isEqualTo(2);
      assertThat(sentence()).contains("Another run").contains(held.location().toString());
    }
  }

  @Test
  void aValueOfBeamsThatCannotBeIsFoundBeforeAnythingIsWritten() {
    for (String wrong :
        List.of(
            "--targetParallelism=0",
            "--runner=Foo",
            "--flinkMaster=a b",
            "--flinkMaster=[collection]",
            "--flinkMaster=[::g]:8081")) {
      assertThat(run(wrong)).isEqualTo(2);
      assertThat(sentence()).startsWith("ticketflow: " + wrong.replaceAll("=.*", "") + " must be ");
      assertThat(err.lines()).hasSize(1);
    }
    assertThat(output).doesNotExist();
  }
}
