package io.ticketflow.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonParser;
import com.networknt.schema.Schema;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * conf/clusters/kubernetes/ticketflow.yaml: taken by what will read it, and true of this project.
 */
class KubernetesFileTest {
  private static final Path FILE = Path.of("..", "conf", "clusters", "kubernetes/ticketflow.yaml");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonNode DEPLOYMENT = documents().get(0);
  private static final JsonNode POLICY = documents().get(1);

  /** Each value under its path: what the operator would lose or change is seen here. */
  @Test
  void theOperatorReadsAllOfTheDeployment() throws IOException {
    Map<String, String> written = values(DEPLOYMENT);
    assertThat(written).hasSizeGreaterThan(30);
    assertThat(values(OperatorClasses.understood(DEPLOYMENT))).containsAllEntriesOf(written);
    JsonNode empty = OperatorClasses.understood(JsonNodeFactory.instance.objectNode());
    assertThat(DEPLOYMENT.path("kind")).isEqualTo(empty.path("kind"));
    assertThat(DEPLOYMENT.path("apiVersion")).isEqualTo(empty.path("apiVersion"));
  }

  @Test
  void theApiServerTakesTheDeployment() throws IOException {
    assertThat(OperatorClasses.schema().validate(DEPLOYMENT)).isEmpty();
  }

  /** At every depth: the operator's own objects, and Kubernetes' in the pod's template. */
  @ParameterizedTest
  @CsvSource({
    "serviceAccount, serviceAcount",
    "replicas, replica",
    "memory, mem",
    "podTemplate, podTemplates",
    "containers, container",
    "limits, limit",
  })
  void aWrongKeyIsRefusedByBoth(String key, String wrong) throws IOException {
    JsonNode misspelt = with("\"" + key + "\":", "\"" + wrong + "\":");
    assertThatThrownBy(() -> OperatorClasses.understood(misspelt))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("\"" + wrong + "\"");
    Schema schema = OperatorClasses.schema();
    assertThat(schema.validate(misspelt)).anySatisfy(e -> assertThat(e.toString()).contains(wrong));
  }

  /** YAML's words for numbers and truth need quotes where Flink's settings are text. */
  @ParameterizedTest
  @CsvSource({"'\"false\"', false", "'\"20000\"', 20000", "v1_19, v1_12", "standalone, session"})
  void aWrongValueIsRefusedByBoth(String value, String wrong) throws IOException {
    JsonNode other = with(value, wrong);
    assertThatThrownBy(() -> OperatorClasses.understood(other))
        .isInstanceOf(JsonProcessingException.class);
    assertThat(OperatorClasses.schema().validate(other)).isNotEmpty();
  }

  @Test
  void itIsASessionClusterOfTheFlinkThatJobsAreBuiltFor() throws IOException {
    JsonNode spec = spec();
    String version = EnvironmentInformation.getVersion();
    assertThat(spec.path("image").asText()).isEqualTo("ticketflow-flink:" + version);
    assertThat(Files.readString(FILE.resolve("../../README.md").normalize()))
        .contains("-t " + spec.path("image").asText() + " ");
    String line = version.substring(0, version.lastIndexOf('.'));
    assertThat(spec.path("flinkVersion").asText()).isEqualTo("v" + line.replace('.', '_'));
    // No job of its own, and TaskManagers that are there before one comes.
    assertThat(spec.hasNonNull("job")).isFalse();
    assertThat(spec.path("mode").asText()).isEqualTo("standalone");
    assertThat(spec.at("/taskManager/replicas").asInt()).isPositive();
  }

  /** The memory of a pod is what Flink's process takes: the operator sets it so. */
  @Test
  void flinkCanSplitThePodsMemory() throws IOException {
    Map<String, String> settings = settings();
    settings.put(
        "jobmanager.memory.process.size", spec().at("/jobManager/resource/memory").asText());
    settings.put(
        "taskmanager.memory.process.size", spec().at("/taskManager/resource/memory").asText());
    for (Role role : Role.values()) {
      assertThat(role.memory(Configuration.fromMap(settings)).flags())
          .anyMatch(flag -> flag.startsWith("-Xmx"));
    }
  }

  @Test
  void aTaskManagersPodHasOneGpu() throws IOException {
    JsonNode containers = spec().at("/taskManager/podTemplate/spec/containers");
    assertThat(containers).hasSize(1);
    // The name that the operator adds Flink to; under another it would stand beside Flink's.
    assertThat(containers.at("/0/name").asText()).isEqualTo("flink-main-container");
    assertThat(values(containers.at("/0/resources/limits")))
        .isEqualTo(Map.of("/nvidia.com~1gpu", "1"));
    assertThat(settings()).containsEntry("ticketflow.device", "gpu");
  }

  /** Flink labels a cluster's pods by the deployment's name. */
  @Test
  void kubernetesTakesThePolicyAndItIsOfThisCluster() throws IOException {
    V1NetworkPolicy.validateJsonElement(JsonParser.parseString(POLICY.toString()));
    assertThat(POLICY.path("apiVersion").asText()).isEqualTo("networking.k8s.io/v1");
    assertThat(POLICY.at("/spec/podSelector/matchLabels/app"))
        .isEqualTo(DEPLOYMENT.at("/metadata/name"));
    String misspelt = POLICY.toString().replace("namespaceSelector", "namespacesSelector");
    assertThatThrownBy(() -> V1NetworkPolicy.validateJsonElement(JsonParser.parseString(misspelt)))
        .hasMessageContaining("namespacesSelector");
  }

  /** Its jar brings one, which Log4j would take for ours in each process that a test starts. */
  @Test
  void theOperatorsLoggingSettingsAreOnNoClassPath() throws IOException {
    assertThat(getClass().getClassLoader().getResources("log4j2.properties").asIterator())
        .toIterable()
        .isEmpty();
  }

  private static JsonNode with(String text, String other) throws IOException {
    JsonNode changed = YAML.readTree(DEPLOYMENT.toString().replace(text, other));
    assertThat(changed).isNotEqualTo(DEPLOYMENT);
    return changed;
  }

  private static JsonNode spec() throws IOException {
    return OperatorClasses.understood(DEPLOYMENT).path("spec");
  }

  private static Map<String, String> settings() throws IOException {
    return YAML.convertValue(
        spec().path("flinkConfiguration"), new TypeReference<TreeMap<String, String>>() {});
  }

  /** A tree's values by their JSON pointers; numbers as text, as 1 and 1.0 are one. */
  private static Map<String, String> values(JsonNode tree) {
    Map<String, String> values = new TreeMap<>();
    if (tree.isValueNode()) {
      values.put("", tree.isNumber() ? plain(tree.decimalValue()) : tree.asText());
    }
    for (int i = 0; i < tree.size() && tree.isArray(); i++) {
      String at = "/" + i;
      values(tree.path(i)).forEach((path, value) -> values.put(at + path, value));
    }
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      String at = "/" + field.getKey().replace("~", "~0").replace("/", "~1");
      values(field.getValue()).forEach((path, value) -> values.put(at + path, value));
    }
    return values;
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static List<JsonNode> documents() {
    try (var file = YAML.readerFor(JsonNode.class).<JsonNode>readValues(FILE.toFile())) {
      return file.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
