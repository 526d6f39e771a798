package io.ticketflow.runners.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of both Dockerfiles, carried out on small files of the names that builds have. */
class DockerfilesTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Path DOCKER = REPOSITORY.resolve("runners/docker");

  @TempDir Path temp;

  @Test
  void flinksImageGetsTheJarsAndTheGpusToo() throws Exception {
    Dockerfile file = Dockerfile.read(DOCKER.resolve("Dockerfile"));
    write("flink/lib/api-1.jar", "flink/lib/pytorch-engine-1.jar", "flink/lib/pytorch-jni-2.jar");
    write("flink/lib/gson-1.jar", "flink/lib/jna-1.jar", "flink/lib/commons-compress-1.jar");
    write("flink/lib/commons-codec-1.jar", "flink/lib/commons-io-1.jar", "flink/lib/flink-x-1.jar");
    write("flink/lib/commons-lang3-1.jar", "flink/lib/pytorch-native-cpu-2.jar", "cuda/libc10.so");
    write("cuda/libcudart-0d3af2ba.so.12");
    write("base/opt/flink/lib/flink-dist-1.jar", "base/opt/flink/bin/taskmanager.sh");
    Map<String, Path> bases = Map.of(file.stages().get(0).base(), temp.resolve("base"));
    Map<String, Path> contexts =
        Map.of("", temp.resolve("flink"), "libtorch", temp.resolve("cuda"));
    ImageBuild build = new ImageBuild(file, contexts, bases, temp.resolve("images"), Map.of());
    ImageBuild.Image gpu = build.build(file.stage("gpu"));
    assertThat(names(gpu.at("/opt/flink/lib")))
        .hasSize(10)
        .contains("flink-dist-1.jar", "api-1.jar")
        .doesNotContain("flink-x-1.jar", "pytorch-native-cpu-2.jar");
    assertThat(gpu.at(Objects.requireNonNull(gpu.environment().get("PYTORCH_LIBRARY_PATH"))))
        .isDirectoryContaining("glob:**.so");
    assertThat(gpu.at(gpu.environment().get("LD_LIBRARY_PATH") + "/libcudart.so")).exists();
    assertThat(names(build.build(file.stage("cpu")).at("/opt/flink/lib"))).hasSize(11);
    Files.delete(temp.resolve("flink/lib/jna-1.jar"));
    assertThatThrownBy(() -> build.build(file.stage("cpu"))).hasMessageContaining("lib/jna-*.jar");
  }

  @Test
  void theImagesFlinkIsTheOneThatJobsAreBuiltFor() throws IOException {
    Dockerfile file = Dockerfile.read(DOCKER.resolve("Dockerfile"));
    assertThat(file.stages().get(0).base())
        .isEqualTo("flink:" + EnvironmentInformation.getVersion() + "-java17");
    assertThat(file.stages()).extracting(Dockerfile.Stage::name).contains("cpu", "gpu");
  }

  /** A Flink of the user's own needs the jars that the image for CPUs adds, and no others. */
  @Test
  void theReadmeCopiesTheSameJars() throws IOException {
    Set<String> image =
        Dockerfile.read(DOCKER.resolve("Dockerfile")).stages().stream()
            .filter(stage -> !stage.name().equals("gpu"))
            .flatMap(stage -> stage.lines().stream())
            .filter(line -> line.word().equals("COPY"))
            .flatMap(line -> line.words().stream().filter(word -> word.endsWith(".jar")))
            .collect(Collectors.toSet());
    String readme = Files.readString(REPOSITORY.resolve("conf/clusters/README.md"));
    Matcher copied = Pattern.compile("flink/lib/\\{(.*)}-\\*\\.jar").matcher(readme);
    assertThat(copied.find()).isTrue();
    assertThat(copied.group(1).split(","))
        .hasSize(10)
        .allSatisfy(name -> assertThat(image).contains("lib/" + name + "-*.jar"))
        .hasSameSizeAs(image);
  }

  /** Those that it names, in an environment that has none. */
  @Test
  void flinksImageHasTheEnvironmentOfTheLauncher() throws Exception {
    Map<String, String> image = new TreeMap<>();
    Dockerfile.read(DOCKER.resolve("Dockerfile")).stages().get(0).lines().stream()
        .filter(line -> line.word().equals("ENV"))
        .flatMap(line -> line.words().stream())
        .map(word -> word.split("=", 2))
        .forEach(pair -> image.put(pair[0], pair[1]));
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-c", "source bin/environment; env")
            .directory(Path.of("").toAbsolutePath().toFile());
    String path = bash.environment().get("PATH");
    bash.environment().clear();
    bash.environment().put("PATH", path);
    Process process = bash.start();
    List<String> launcher =
        process
            .inputReader()
            .lines()
            .filter(line -> !line.matches("(PATH|PWD|SHLVL|_|HOME)=.*"))
            .toList();
    assertThat(launcher).hasSizeGreaterThan(4);
    assertThat(launcher)
        .allSatisfy(
            line -> assertThat(image).containsEntry(line.split("=", 2)[0], line.split("=", 2)[1]));
  }

  /** A context with what a clone has: sources, a build of this machine, .git. */
  @Test
  void theProgramsImageGetsABuildWithoutSources() throws Exception {
    Dockerfile file = Dockerfile.read(DOCKER.resolve("program.Dockerfile"));
    // All but RUN, which ImagesIT carries out; its build is laid here by hand.
    Dockerfile.Stage first = file.stages().get(0);
    assertThat(first.lines())
        .extracting(Dockerfile.Line::word)
        .containsExactly("WORKDIR", "COPY", "RUN");
    first.lines().remove(2);
    write("clone/pom.xml", "clone/.git/HEAD", "clone/out/x", "clone/conf/quickstart.yaml");
    write("clone/runners/bin/ticketflow", "clone/runners/target/app/current", "clone/target/y");
    write("clone/runners/src/main/java/out/X.java", "base/etc/os-release", "jre/etc/os-release");
    Files.copy(REPOSITORY.resolve(".dockerignore"), temp.resolve("clone/.dockerignore"));
    Map<String, Path> bases =
        Map.of(first.base(), temp.resolve("base"), file.last().base(), temp.resolve("jre"));
    ImageBuild build =
        new ImageBuild(
            file, Map.of("", temp.resolve("clone")), bases, temp.resolve("images"), Map.of());
    assertThatThrownBy(() -> build.build(file.last())).hasMessageContaining("runners/target/app");
    Path built = temp.resolve("images/build/opt/ticketflow");
    assertThat(built.resolve("pom.xml")).exists();
    assertThat(built.resolve("runners/src/main/java/out/X.java")).exists();
    assertThat(built.resolve(".git")).doesNotExist();
    assertThat(built.resolve("out")).doesNotExist();
    assertThat(built.resolve("runners/target")).doesNotExist();
  }

  private void write(String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(temp.resolve(name).getParent());
      Files.writeString(temp.resolve(name), name);
    }
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
