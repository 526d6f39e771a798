package io.ticketflow.runners.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.spec.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFolderTest {
  @TempDir Path folder;

  @Test
  void whatAStartLeavesThatIsKilledBeforeItsConfigurationIsTakenAgain() throws Exception {
    Files.createFile(folder.resolve(".lock"));
    Files.createDirectory(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/config.yaml.tmp"), "# Writ");
    assertThatCode(new ClusterFolder(folder)::check).doesNotThrowAnyException();
    Files.createFile(folder.resolve("conf/mine.yaml"));
    assertThatThrownBy(new ClusterFolder(folder)::check)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no cluster's");
  }
}
