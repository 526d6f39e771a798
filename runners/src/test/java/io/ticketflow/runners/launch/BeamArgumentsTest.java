package io.ticketflow.runners.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.runners.job.ClusterAddress;
import io.ticketflow.settings.NearestNames;
import io.ticketflow.spec.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeamArgumentsTest {
  @TempDir Path scratch;

  @Test
  void namesTheNearestOptionOfAMistypedOne() {
    assertThatThrownBy(() -> new BeamArguments(List.of("--targetParalelism=2")))
        .isInstanceOf(UserException.class)
        .hasMessage("There is no option --targetParalelism; did you mean --targetParallelism?");
    assertThatThrownBy(() -> new BeamArguments(List.of("--ouput=x")))
        .hasMessage("There is no option --ouput; did you mean --output?");
  }

  @Test
  void saysSoWhenNothingIsNear() {
    assertThatThrownBy(() -> new BeamArguments(List.of("--zzzzzzzzzz")))
        .hasMessage(
            "There is no option --zzzzzzzzzz; Beam's own options are described at"
                + " https://beam.apache.org/releases/javadoc/current/"
                + " (PipelineOptions, DirectOptions, FlinkPipelineOptions)");
  }

  @Test
  void namesTheOptionWhoseValueDoesNotFit() {
    assertThatThrownBy(() -> new BeamArguments(List.of("--targetParallelism=many")))
        .isInstanceOf(UserException.class)
        .hasMessage("--targetParallelism must be a whole number of at least 1, got many");
    for (String wrong :
        List.of(
            "--targetParallelism=0",
            "--targetParallelism=-3",
            "--targetParallelism=",
            "--parallelism=-5",
            "--parallelism=99999999999",
            "--flinkMaster=nonsense host:xx",
            "--flinkMaster=host:99999",
            "--flinkMaster=[collection]",
            "--flinkMaster=https://host:1",
            "--flinkMaster=",
            "--flinkConfDir=" + scratch.resolve("nowhere"),
            "--runner=NoRunner",
            "--runner=",
            "--runner")) {
      assertThatThrownBy(() -> new BeamArguments(List.of(wrong)))
          .as(wrong)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(wrong.replaceAll("=.*", "") + " must be ")
          .hasMessageMatching(
              ".*, got (nothing|" + Pattern.quote(wrong.replaceAll(".*?=", "")) + ")");
    }
  }

  @Test
  void takesEveryAddressOfAFlinkCluster() {
    for (String master :
        List.of("[local]", "[auto]", "host", "my-host.example:8081", "http://h:1", "[::1]:8081")) {
      assertThat(new BeamArguments(List.of("--flinkMaster=" + master)).value("flinkMaster"))
          .contains(master);
    }
    assertThat(master("--runner=FlinkRunner", "--flinkMaster=[local]")).isEmpty();
    assertThat(master("--runner=FlinkRunner", "--flinkMaster=[auto]")).isEmpty();
    assertThat(master("--runner=FlinkRunner", "--flinkMaster=[::1]:8081"))
        .contains(new ClusterAddress("[::1]", 8081));
    assertThat(new BeamArguments(List.of("--runner=FlinkRunner", "--parallelism=1")).has("runner"))
        .isTrue();
  }

  @Test
  void refusesAClusterThatTheRunnerWouldNotGoTo() {
    assertThatThrownBy(() -> master("--flinkMaster=host:8081"))
        .isInstanceOf(UserException.class)
        .hasMessage("--flinkMaster=host:8081 names a cluster: it needs --runner=FlinkRunner");
    assertThat(master("--flinkMaster=[local]")).isEmpty();
  }

  private static Optional<ClusterAddress> master(String... arguments) {
    return Launch.master(new BeamArguments(List.of(arguments)));
  }

  @Test
  void refusesTheSameOptionTwice() {
    assertThatThrownBy(
            () -> new BeamArguments(List.of("--targetParallelism=1", "--targetParallelism=2")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("targetParallelism");
  }

  @Test
  void isNearIfAtMostAThirdOfTheLettersDiffer() {
    assertThat(NearestNames.likely("tagret", List.of("target", "budget"))).contains("target");
    assertThat(NearestNames.likely("tagteg", List.of("target"))).isEmpty();
    assertThat(NearestNames.likely("", List.of("target"))).isEmpty();
  }

  @Test
  void trainsAsManyNetworksAtOnceAsThereAreCores() {
    DirectOptions options =
        Launch.options(new BeamArguments(List.of()), scratch.resolve("flink"), 7)
            .as(DirectOptions.class);
    assertThat(options.getTargetParallelism()).isEqualTo(7);
    assertThat(options.isEnforceImmutability()).isFalse();
    assertThat(options.isEnforceEncodability()).isFalse();
    assertThat(scratch.resolve("flink")).doesNotExist();
  }

  @Test
  void neverOverridesWhatTheUserWrote() {
    DirectOptions options =
        Launch.options(
                new BeamArguments(List.of("--targetParallelism=3", "--enforceImmutability=true")),
                scratch,
                7)
            .as(DirectOptions.class);
    assertThat(options.getTargetParallelism()).isEqualTo(3);
    assertThat(options.isEnforceImmutability()).isTrue();
  }

  @Test
  void givesALocalFlinkClusterItsSettings() throws Exception {
    givesSettings("--runner=FlinkRunner");
  }

  @Test
  void givesBeamsDefaultMasterTheSameSettings() throws Exception {
    givesSettings("--runner=FlinkRunner", "--flinkMaster=[auto]");
  }

  private void givesSettings(String... arguments) throws Exception {
    FlinkPipelineOptions options =
        Launch.options(new BeamArguments(List.of(arguments)), scratch.resolve("flink"), 5)
            .as(FlinkPipelineOptions.class);
    assertThat(scratch.resolve("flink")).doesNotExist();
    Launch.prepare(options, scratch.resolve("flink"));
    assertThat(options.getFlinkMaster()).isEqualTo("[local]");
    assertThat(options.getUseDataStreamForBatch()).isTrue();
    assertThat(options.getParallelism()).isEqualTo(5);
    assertThat(options.getFlinkConfDir()).isEqualTo(scratch.resolve("flink").toString());
    assertThat(Files.readString(scratch.resolve("flink/config.yaml")))
        .contains("execution.batch.adaptive.auto-parallelism.enabled: false")
        .contains("taskmanager.numberOfTaskSlots: 5")
        .contains("web.submit.enable: false");
  }

  @Test
  void leavesARemoteClusterItsOwnSettings() {
    FlinkPipelineOptions options =
        Launch.options(
                new BeamArguments(List.of("--runner=FlinkRunner", "--flinkMaster=host:8081")),
                scratch.resolve("flink"),
                5)
            .as(FlinkPipelineOptions.class);
    assertThat(options.getFlinkConfDir()).isNull();
    assertThat(options.getUseDataStreamForBatch()).isTrue();
  }
}
