package io.ticketflow.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.AkkaOptions;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is under conf/clusters: settings without which a run would be refused, or be slow. */
class ClusterFilesTest {
  private static final Path FOLDER = Path.of("..", "conf", "clusters");
  private static final YAMLMapper YAML = new YAMLMapper();

  @ParameterizedTest
  @ValueSource(strings = {"local.yaml", "standalone/config.yaml", "kubernetes/ticketflow.yaml"})
  void everyClusterRunsTrainingsAtOnceAndAgainAndTakesNoUploads(String file) throws IOException {
    Map<String, String> settings = settings(file);
    assertThat(settings)
        .containsEntry("execution.batch.adaptive.auto-parallelism.enabled", "false")
        .containsEntry("restart-strategy.type", "exponential-delay")
        .containsEntry("classloader.parent-first-patterns.additional", "ai.djl.")
        .containsEntry("web.submit.enable", "false")
        .containsEntry("taskmanager.jvm-exit-on-oom", "true");
    assertThat(settings.get("ticketflow.device")).isIn("cpu", "gpu");
    assertThat(settings.get("env.java.opts.all"))
        .contains("-Dai.djl.offline=true", "-Dai.djl.pytorch.num_threads=1")
        // a graph of any experiment passes with the stacks that threads have anyway
        .doesNotContain("-Xss");
    // All others are the same everywhere, but those for classes that other clusters have not.
    Map<String, String> local = new TreeMap<>(settings("local.yaml"));
    local
        .keySet()
        .removeIf(
            key -> key.matches("ticketflow.device|security.*|.*(address|host)|.*process.size"));
    assertThat(settings).containsAllEntriesOf(local);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local.yaml", "standalone/config.yaml", "kubernetes/ticketflow.yaml"})
  void everyKeyIsFlinksOrOurs(String file) throws IOException {
    Set<String> known = flinksKeys();
    assertThat(known).hasSizeGreaterThan(200);
    Set<String> unknown = new HashSet<>(settings(file).keySet());
    unknown.removeAll(known);
    assertThat(unknown).containsExactly("ticketflow.device");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local.yaml", "standalone/config.yaml"})
  void onOneMachineEverythingIsOnLoopback(String file) throws IOException {
    Map<String, String> addresses = new TreeMap<>(settings(file));
    addresses.keySet().removeIf(key -> !key.matches(".*(address|host)"));
    assertThat(addresses)
        .containsKeys(
            "rest.bind-address", "jobmanager.bind-host", "taskmanager.bind-host", "rest.address")
        .allSatisfy((key, value) -> assertThat(value).isEqualTo("127.0.0.1"));
  }

  @Test
  void theProgramStartsWithTheFileInConf() throws IOException {
    assertThat(FlinkSettings.local()).isEqualTo(settings("local.yaml"));
  }

  @Test
  void flinkCanSplitTheMemoryOfTheStandaloneCluster() throws IOException {
    Configuration settings = Configuration.fromMap(settings("standalone/config.yaml"));
    for (Role role : Role.values()) {
      assertThat(role.memory(settings).flags()).anyMatch(flag -> flag.startsWith("-Xmx"));
    }
  }

  /** What the client opens for Beam and for kernels, the processes of a cluster need as well. */
  @Test
  void clustersHaveTheFlagsOfTheLauncher() throws Exception {
    String print =
        "source <(sed -n '/^set_flags()/,/^}/p' ../runners/bin/ticketflow); user_home=/;"
            + " set_flags /jars; printf '%s\\n' \"${flags[@]}\"";
    Process bash = new ProcessBuilder("bash", "-c", print).start();
    List<String> flags = bash.inputReader().lines().toList();
    assertThat(bash.waitFor()).isZero();
    List<String> everywhere =
        flags.stream().filter(flag -> flag.matches("--add-opens.*|-Dai[.]djl.*")).toList();
    assertThat(everywhere).hasSizeGreaterThan(10);
    List<String> cluster =
        List.of(settings("local.yaml").getOrDefault("env.java.opts.all", "").split("\\s+", -1));
    // Engine java's: the launcher gives it to those commands only that compute by that engine.
    assertThat(cluster).containsAll(everywhere).contains("--add-modules=jdk.incubator.vector");
    String launcher = Files.readString(Path.of("bin", "ticketflow"));
    assertThat(launcher).contains("--add-modules=jdk.incubator.vector");
    assertThat(cluster.stream().filter(flag -> flag.startsWith("-XX:Tier4")))
        .hasSize(4)
        .isSubsetOf(launcher.split("[\\s()]+"));
  }

  @Test
  void eachTaskManagerOfAMachineSeesItsOwnGpuOnly(@org.junit.jupiter.api.io.TempDir Path flink)
      throws Exception {
    Path script = flink.resolve("bin/taskmanager.sh");
    Files.createDirectories(script.getParent());
    Files.writeString(
        script,
        "#!/bin/sh\n"
            + "echo \"$CUDA_VISIBLE_DEVICES $1 $MALLOC_TOP_PAD_ $LC_ALL $JVM_ARGS\" >>"
            + " \"$0.calls\"\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder =
        new ProcessBuilder(FOLDER.resolve("standalone/taskmanagers").toString()).inheritIO();
    builder.environment().remove("MALLOC_TOP_PAD_");
    builder
        .environment()
        .putAll(
            Map.of(
                "FLINK_HOME", flink.toString(),
                "GPUS", "0 3",
                "LC_ALL", "C",
                "HOME", flink.toString(),
                "JVM_ARGS", "-Dx=y"));
    assertThat(builder.start().waitFor()).isZero();
    String expected = "268435456 C.UTF-8 -Duser.home=" + flink + " -Dx=y";
    assertThat(Files.readAllLines(flink.resolve("bin/taskmanager.sh.calls")))
        .containsExactly("0 start " + expected, "3 start " + expected);
  }

  private static Map<String, String> settings(String file) throws IOException {
    if (file.startsWith("kubernetes/")) {
      return YAML.convertValue(
          deployment().at("/spec/flinkConfiguration"), new TypeReference<Map<String, String>>() {});
    }
    return FlinkSettings.read(FOLDER.resolve(file));
  }

  private static JsonNode deployment() throws IOException {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class)
            .readValues(FOLDER.resolve("kubernetes/ticketflow.yaml").toFile())) {
      return documents.readAll().stream()
          .filter(document -> document.path("kind").asText().equals("FlinkDeployment"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** By Flink's own declarations. */
  @SuppressWarnings("deprecation") // AkkaOptions has Pekko's keys, in this line of Flink only
  private static Set<String> flinksKeys() {
    Set<String> keys = new HashSet<>();
    Stream.of(
            AkkaOptions.class,
            BatchExecutionOptions.class,
            ClusterOptions.class,
            CoreOptions.class,
            HeartbeatManagerOptions.class,
            JobManagerOptions.class,
            NettyShuffleEnvironmentOptions.class,
            RestOptions.class,
            RestartStrategyOptions.class,
            SecurityOptions.class,
            TaskManagerOptions.class,
            WebOptions.class)
        .flatMap(options -> Stream.of(options.getFields()))
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> field.getType() == ConfigOption.class)
        .forEach(
            field -> {
              try {
                ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                keys.add(option.key());
              } catch (IllegalAccessException e) {
                throw new AssertionError(e);
              }
            });
    return keys;
  }
}
