package io.ticketflow.runners.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.pipelines.compare.BaselineFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is under conf/schedules is taken by those it is for, and starts one script at one time. */
class SchedulesTest {
  static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  static final Path FOLDER = REPOSITORY.resolve("conf/schedules");

  @TempDir Path temp;

  @Test
  void cronTakesTheLine() throws Exception {
    Tool crontab = Tool.named("crontab");
    assumeTrue(crontab.call("-h").text().contains("dry run"), "this crontab checks nothing");
    Path wrong = temp.resolve("wrong");
    Files.writeString(
        wrong, Files.readString(FOLDER.resolve("crontab")).replace("17 2 *", "17 25 *"));
    assertThat(crontab.call("-n", wrong.toString()).code()).isNotZero();
    assertThat(crontab.call("-n", FOLDER.resolve("crontab").toString()).code()).isZero();
  }

  /** It finds the script too, in a home that has the clone where the unit looks for it. */
  @Test
  void systemdTakesTheUnits() throws Exception {
    Tool systemd =
        Tool.named("systemd-analyze")
            .with("HOME", temp.toString())
            .with("XDG_RUNTIME_DIR", Files.createDirectory(temp.resolve("run")).toString());
    Path service = copy("ticketflow-nightly.service", "", "");
    Path timer = copy("ticketflow-nightly.timer", "", "");
    List<String> verify = List.of("--user", "verify", service.toString(), timer.toString());
    assertThat(systemd.call(verify).text()).contains("is not executable");
    Files.createSymbolicLink(temp.resolve("ticketflow"), REPOSITORY);
    assertThat(systemd.call(verify)).isEqualTo(new Tool.Said(0, ""));
    copy("ticketflow-nightly.timer", "02:17", "26:17");
    assertThat(systemd.call(verify).text()).contains("calendar");
  }

  @Test
  void kubernetesTakesTheJob() throws IOException {
    List<JsonNode> documents =
        new YAMLMapper()
            .readerFor(JsonNode.class)
            .<JsonNode>readValues(FOLDER.resolve("kubernetes.yaml").toFile())
            .readAll();
    assertThat(documents).hasSize(2);
    V1PersistentVolumeClaim.validateJsonElement(gson(documents.get(0)));
    V1CronJob.validateJsonElement(gson(documents.get(1)));
    assertThat(documents.get(1).path("apiVersion").asText()).isEqualTo("batch/v1");
    JsonElement misspelt =
        JsonParser.parseString(documents.get(1).toString().replace("onExitCodes", "onExitCode"));
    assertThatThrownBy(() -> V1CronJob.validateJsonElement(misspelt))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("onExitCode");
  }

  @Test
  void githubTakesTheWorkflow() throws IOException {
    JsonNode workflow = new YAMLMapper().readTree(FOLDER.resolve("github.yaml").toFile());
    Schema schema;
    try (InputStream in = SchedulesTest.class.getResourceAsStream("workflow.json")) {
      schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
              .getSchema(Objects.requireNonNull(in));
    }
    assertThat(schema.validate(workflow)).isEmpty();
    JsonNode misspelt =
        new YAMLMapper().readTree(workflow.toString().replace("timeout-minutes", "timeout"));
    assertThat(schema.validate(misspelt)).isNotEmpty();
  }

  @Test
  void allStartTheSameScriptAtTheSameTime() throws IOException {
    for (String file : List.of("crontab", "kubernetes.yaml", "github.yaml")) {
      assertThat(FOLDER.resolve(file)).content().contains("17 2 * * *", "conf/schedules/nightly");
    }
    assertThat(FOLDER.resolve("ticketflow-nightly.timer")).content().contains("*-*-* 02:17:00");
    assertThat(FOLDER.resolve("ticketflow-nightly.service"))
        .content()
        .contains("ExecStart=%h/ticketflow/conf/schedules/nightly\n");
    assertThat(FOLDER.resolve("nightly")).isExecutable();
  }

  /** After a change of nightly.yaml a night is run, and its baseline is written anew. */
  @Test
  void theBaselineIsOfTheNightlySweep() {
    Experiment nightly = Experiment.load(FOLDER.resolve("nightly.yaml"), List.of());
    String there =
        BaselineFile.read(REPOSITORY.resolve("conf/baselines/nightly.json"))
            .fingerprint()
            .experiment()
            .toString();
    assertThat(Experiment.differences("nightly.json", there, nightly.toYaml())).isEmpty();
  }

  private Path copy(String name, String old, String fresh) throws IOException {
    String text = Files.readString(FOLDER.resolve(name)).replace(old, fresh);
    return Files.writeString(temp.resolve(name), text);
  }

  private static JsonElement gson(JsonNode node) {
    return JsonParser.parseString(node.toString());
  }
}
