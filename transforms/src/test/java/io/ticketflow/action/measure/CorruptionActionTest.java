package io.ticketflow.action.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.math.corrupt.Corruption;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.testing.Solutions;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a measure on published images is known by. */
class CorruptionActionTest {
  @TempDir private Path folder;

  @Test
  void otherFilesAreAnotherActionAndAnotherPlaceIsNot() throws IOException {
    Path one = published("one", "images", "labels");
    assertThat(key(published("two", "images", "labels"))).isEqualTo(key(one));
    assertThat(key(published("three", "others", "labels"))).isNotEqualTo(key(one));
    assertThat(key(published("four", "images", "others"))).isNotEqualTo(key(one));
    Files.delete(one.resolve("fog.npy"));
    assertThatThrownBy(() -> key(one)).isInstanceOf(UserException.class);
  }

  private Path published(String name, String images, String labels) throws IOException {
    Path to = Files.createDirectory(folder.resolve(name));
    Files.writeString(to.resolve("fog.npy"), images);
    Files.writeString(to.resolve("labels.npy"), labels);
    return to;
  }

  private String key(Path corrupted) {
    RunSpec spec = Solutions.spec("measure.corrupted: " + corrupted);
    Workplace place = new Workplace(folder.resolve("store").toString());
    return CorruptionAction.of(place, spec, List.of(), Corruption.FOG, 1).key();
  }
}
