package io.ticketflow.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobJarTest {
  @TempDir Path temp;

  @Test
  void isKnownByItsContentWhereverItLies() throws Exception {
    Path jar = Files.writeString(temp.resolve("mine.jar"), "classes");
    Path same = Files.writeString(temp.resolve("same.jar"), "classes");
    Path other = Files.writeString(temp.resolve("other.jar"), "classeS");
    JobJar.put(jar, temp.resolve("lib"));
    // of "classes", by sha256sum
    String name =
        "ticketflow-job-7b3bb6b0221084182c864b67238299e01501a92c6263d00551677dbc0729450e.jar";
    assertThat(names(temp.resolve("lib"))).containsExactly(name);
    List<String> classPath = List.of("/flink/lib/flink-core.jar", "/home/me/lib/" + name);
    assertThat(JobJar.isOn(classPath, jar)).isTrue();
    assertThat(JobJar.isOn(classPath, same)).isTrue();
    assertThat(JobJar.isOn(classPath, other)).isFalse();
    assertThat(JobJar.isOn(classPath.subList(0, 1), jar)).isFalse();
  }

  @Test
  void staysWhereItWasPutWhenABuildIsTidiedUp() throws Exception {
    Path jar = Files.writeString(temp.resolve("mine.jar"), "classes");
    JobJar.put(jar, temp.resolve("lib"));
    Files.delete(jar);
    assertThat(temp.resolve("lib").resolve(names(temp.resolve("lib")).get(0)))
        .hasContent("classes");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
