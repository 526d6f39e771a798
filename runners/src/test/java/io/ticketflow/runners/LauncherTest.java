package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * bin/ticketflow itself, in a small clone, with a Java that notes how it is called and a Maven that
 * notes that it is called.
 */
class LauncherTest {
  @TempDir Path temp;
  private Path clone;
  private Path tools;
  private final Map<String, String> environment = new LinkedHashMap<>();

  @BeforeEach
  void makeAClone() throws IOException {
    clone = temp.resolve("clone");
    tools = temp.resolve("tools");
    for (String script : new String[] {"ticketflow", "environment"}) {
      Path copy = clone.resolve("runners/bin").resolve(script);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of("bin", script), copy);
      assertThat(copy.toFile().setExecutable(true)).isTrue();
    }
    for (String file :
        new String[] {
          "pom.xml",
          ".mvn/maven.config",
          "conf/methods/imp.yaml",
          "conf/clusters/local.yaml",
          "schemas/pom.xml",
          "transforms/kernels/pom.xml",
          "transforms/pom.xml",
          "pipelines/pom.xml",
          "runners/pom.xml",
          "runners/src/main/java/A.java",
          "runners/src/main/java/B.java"
        }) {
      write(clone.resolve(file), "1");
    }
    write(tools.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    program("java", "echo \"$LC_ALL\" > \"$NOTES.locale\"; printf '%s\\n' \"$@\" > \"$NOTES\"");
    program("javac", "exit 0");
    program(
        "mvn",
        """
        echo built >> "$NOTES.builds"
        mkdir -p {schemas,transforms/kernels,transforms,pipelines,runners}/target
        for module in schemas transforms/kernels transforms pipelines runners; do
          cat runners/src/main/java/*.java > $module/target/ticketflow-${module##*/}-0.jar
        done
        mkdir -p runners/target/lib runners/target/flink/lib
        touch "runners/target/lib/dependency-$(cat runners/pom.xml).jar" runners/target/flink/lib/flink.jar
        echo job > runners/target/ticketflow-job.jar
        """);
    environment.put("JAVA_HOME", tools.toString());
    environment.put("PATH", tools.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("NOTES", temp.resolve("notes").toString());
    environment.put("HOME", temp.toString());
  }

  @Test
  void aCloneThatIsMovedStartsItsOwnJarsWithoutABuild() throws Exception {
    start(clone);
    Path moved = Files.move(clone, temp.resolve("moved"));
    start(moved);
    assertThat(builds()).isEqualTo(1);
    assertThat(notes()).contains(moved + "/runners/target/app/").doesNotContain(clone + "/");
    assertThat(jar(moved)).hasContent("11");
  }

  @Test
  void aCopyWithOtherTimesIsNotBuiltAgainAndNeverRunsTheOriginalsJars() throws Exception {
    start(clone);
    Path copy = temp.resolve("copy");
    // Times in the order of copying, as 'COPY' of a Dockerfile or 'cp -r' may leave them.
    copy("target", copy);
    copy("bin", copy);
    assertThat(ended("cp", "-r", clone + "/.", copy.toString())).isZero();
    assertThat(ended("find", copy.toString(), "-name", "*.java", "-exec", "touch", "{}", "+"))
        .isZero();
    start(copy);
    assertThat(builds()).isEqualTo(1);
    assertThat(notes()).contains(copy + "/runners/target/app/").doesNotContain(clone + "/");
  }

  @Test
  void aBuildWithoutSourcesStarts() throws Exception {
    start(clone);
    Path bare = temp.resolve("bare");
    copy("target", bare);
    copy("bin", bare);
    start(bare);
    assertThat(builds()).isEqualTo(1);
    assertThat(notes()).contains(bare + "/runners/target/app/").contains("/lib/*");
  }

  @Test
  void aLibraryOfAnotherVersionTakesThePlaceOfTheFirst() throws Exception {
    start(clone);
    assertThat(build().resolve("lib/dependency-1.jar")).exists();
    assertThat(build().resolve("flink/lib/flink.jar")).exists();
    write(clone.resolve("runners/pom.xml"), "2");
    start(clone);
    assertThat(build().resolve("lib/dependency-2.jar")).exists();
    assertThat(build().resolve("lib/dependency-1.jar")).doesNotExist();
  }

  @Test
  void whatChangesIsBuiltWhateverItsTimeSays() throws Exception {
    start(clone);
    Path source = clone.resolve("runners/src/main/java/A.java");
    write(source, "2");
    assertThat(source.toFile().setLastModified(0)).isTrue();
    start(clone);
    assertThat(builds()).isEqualTo(2);
    assertThat(jar(clone)).hasContent("21");
    Files.delete(clone.resolve("runners/src/main/java/B.java"));
    start(clone);
    assertThat(builds()).isEqualTo(3);
    environment.put("TICKETFLOW_MAVEN", "-Pgcs");
    start(clone);
    assertThat(builds()).isEqualTo(4);
    start(clone);
    assertThat(builds()).isEqualTo(4);
  }

  @Test
  void aBuildTakesTheJobsJarFromNobodyWhoRuns() throws Exception {
    program(
        "java",
        """
        if [[ $* == *' hold' ]]; then touch "$NOTES.held"; until [[ -e $NOTES.free ]]; do sleep 0.05; done; fi
        printf '%s\\n' "$@" > "$NOTES"
        """);
    start(clone);
    Path folder = build();
    Path first = jobJar();
    Process running = builder(clone + "/runners/bin/ticketflow", "hold").start();
    while (!Files.exists(temp.resolve("notes.held"))) {
      Thread.sleep(20);
    }
    age(folder);
    write(clone.resolve("runners/src/main/java/A.java"), "2");
    start(clone);
    assertThat(jobJar()).isNotEqualTo(first);
    assertThat(first).exists();
    Path second = jobJar();
    Files.createFile(temp.resolve("notes.free"));
    assertThat(running.waitFor()).isZero();
    age(folder);
    write(clone.resolve("runners/src/main/java/A.java"), "3");
    start(clone);
    assertThat(first).doesNotExist();
    assertThat(second).as("of a moment ago").exists();
    assertThat(jobJar()).exists();
  }

  private Path jobJar() throws IOException {
    return build().resolve("job/ticketflow-job.jar");
  }

  private static void age(Path build) {
    assertThat(build.toFile().setLastModified(System.currentTimeMillis() - 10 * 60_000)).isTrue();
  }

  private Path build() throws IOException {
    Path app = clone.resolve("runners/target/app");
    return app.resolve(Files.readString(app.resolve("current")));
  }

  @Test
  void namesOfFilesAreUtf8WhateverTheLocale() throws Exception {
    environment.put("LC_ALL", "C");
    start(clone);
    assertThat(temp.resolve("notes.locale")).hasContent("C.UTF-8");
    environment.put("LC_ALL", "C.utf8");
    start(clone);
    assertThat(temp.resolve("notes.locale")).hasContent("C.utf8");
  }

  @Test
  void theHomeFollowsItsVariable() throws Exception {
    start(clone);
    assertThat(notes()).contains("-Duser.home=" + temp + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training: {engine: java}                     | true",
        "training:\\n  engine: auto                    | true",
        "axes: {training.engine: [torch, java]}       | true",
        "input: out/particles                         | true",
        "extends: [base.yaml]                         | true",
        "training: {engine: torch} # java is quicker  | false",
        "name: extends                                | false"
      })
  void vectorsAreThereWhereAnExperimentMayNeedThem(String experiment, boolean vectors)
      throws Exception {
    Path file = temp.resolve("experiment.yaml");
    write(file, experiment.replace("\\n", "\n"));
    assertThat(ended(clone + "/runners/bin/ticketflow", "run", file.toString())).isZero();
    assertThat(notes().contains("jdk.incubator.vector")).isEqualTo(vectors);
  }

  @Test
  void whoIsInNoListOfUsersAndHasNoHomeGetsAFolderThatIsHisOwn() throws Exception {
    program("id", "echo 4242424");
    program("getent", "exit 2");
    environment.put("HOME", temp.resolve("nowhere").toString());
    environment.put("TMPDIR", temp.toString());
    start(clone);
    Path home = temp.resolve("ticketflow-4242424");
    assertThat(notes()).contains("-Duser.home=" + home + "\n");
    assertThat(Files.getPosixFilePermissions(home)).hasSize(3);
    Files.delete(home);
    Files.createSymbolicLink(home, tools); // somebody else's
    assertThat(ended(clone + "/runners/bin/ticketflow", "doctor")).isEqualTo(1);
    assertThat(temp.resolve("said")).content().contains("set HOME", home.toString());
  }

  private void start(Path where) throws Exception {
    assertThat(ended(where + "/runners/bin/ticketflow", "doctor"))
        .as("%s", Files.readString(temp.resolve("said")))
        .isZero();
  }

  private int ended(String... command) throws Exception {
    return builder(command).start().waitFor();
  }

  private ProcessBuilder builder(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
    builder.environment().putAll(environment);
    return builder.redirectOutput(temp.resolve("said").toFile());
  }

  private void copy(String folder, Path to) throws Exception {
    Files.createDirectories(to.resolve("runners"));
    assertThat(ended("cp", "-r", clone + "/runners/" + folder, to + "/runners/")).isZero();
  }

  private void program(String name, String script) throws IOException {
    Path file = tools.resolve("bin").resolve(name);
    write(file, "#!/usr/bin/env bash\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private long builds() throws IOException {
    return Files.readAllLines(temp.resolve("notes.builds")).size();
  }

  private String notes() throws IOException {
    return Files.readString(temp.resolve("notes"));
  }

  /** The jar that the last start found. */
  private Path jar(Path where) throws IOException {
    Path app = where.resolve("runners/target/app");
    return app.resolve(Files.readString(app.resolve("current")))
        .resolve("ticketflow-runners-0.jar");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
