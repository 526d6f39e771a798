package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers of YAML differ on is refused, never guessed. */
class YamlSurprisesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"010", "0o10", "0x10", "0b10", "1_000", "1:30", "+010", "2001-01-01"})
  void noNumberMeansAnother(String value) {
    assertThatThrownBy(() -> load("imp", List.of("training.epochs=" + value)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("training.epochs=" + value)
        .hasMessageMatching("(?s).*(no plain decimal number|must be a whole number).*");
    assertThatThrownBy(() -> load("imp]\ntraining: {epochs: " + value + "}\nseeds: [1", List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageMatching("(?s).*(no plain decimal number|must be a whole number).*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "yes", "on", "off", "null", "~", "7", "007", "1.5", "0x10", "true"})
  void aNameThatYamlReadsAsSomethingElseMustBeQuoted(String label) {
    assertThatThrownBy(() -> load("{method: imp, as: " + label + "}", List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("quote");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "007", "1e3", "null", "2001-01-01", "0x10"})
  void quotedItIsTheNameAndStaysSoInTheResolvedFile(String label) throws IOException {
    Experiment loaded = load("{method: imp, as: \"" + label + "\"}", List.of());
    assertThat(loaded.runs()).singleElement().matches(run -> run.method().equals(label));
    Path resolved = Files.writeString(folder.resolve("resolved.yaml"), loaded.toYaml());
    assertThat(Experiment.load(resolved, List.of()).digest()).isEqualTo(loaded.digest());
  }

  @Test
  void plainNumbersAreWhatTheyWere() throws IOException {
    Experiment loaded =
        load(
            "imp",
            List.of(
                "training.epochs=10",
                "training.schedule.learningRate=1e-2",
                "training.optimiser.weightDecay=0",
                "pruning.rate=.5"));
    assertThat(loaded.runs().get(0).spec().training().epochs()).isEqualTo(10);
    assertThat(loaded.runs().get(0).spec().training().schedule().learningRate()).isEqualTo(0.01);
    assertThat(loaded.runs().get(0).spec().pruning().rate()).isEqualTo(0.5);
  }

  private Experiment load(String method, List<String> overrides) throws IOException {
    Path file = folder.resolve("experiment.yaml");
    Files.writeString(file, "methods: [" + method + "]\n");
    return Experiment.load(file, overrides);
  }
}
