package io.ticketflow.runners.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonParser;
import com.networknt.schema.Schema;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.apache.flink.kubernetes.operator.api.spec.KubernetesDeploymentMode;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * conf/clusters/kubernetes/ticketflow.yaml: taken by what will read it, and true of this project.
 */
class KubernetesFileTest {
  private static final Path FILE = Path.of("..", "conf", "clusters", "kubernetes/ticketflow.yaml");

  private static final JsonNode DEPLOYMENT = documents().get(0);

  private static final JsonNode POLICY = documents().get(1);

  @Test
  void theOperatorReadsTheDeployment() throws Exception {
    FlinkDeployment deployment = StrictObjects.read(DEPLOYMENT, FlinkDeployment.class);
    assertThat(deployment.getKind()).isEqualTo(DEPLOYMENT.path("kind").asText());
    assertThat(deployment.getApiVersion()).isEqualTo(DEPLOYMENT.path("apiVersion").asText());
    assertThat(deployment.getMetadata().getName()).isEqualTo("ticketflow");
  }

  @Test
  void theApiServerTakesTheDeployment() throws IOException {
    assertThat(StrictObjects.schema(FlinkDeployment.class).validate(DEPLOYMENT)).isEmpty();
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
  void aWrongKeyIsRefusedByBoth(String key, String wrong) throws Exception {
    JsonNode misspelt =
        new YAMLMapper()
            .readTree(DEPLOYMENT.toString().replace("\"" + key + "\":", "\"" + wrong + "\":"));
    assertThat(misspelt).isNotEqualTo(DEPLOYMENT);
    assertThatThrownBy(() -> StrictObjects.read(misspelt, FlinkDeployment.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("\"" + wrong + "\"");
    Schema schema = StrictObjects.schema(FlinkDeployment.class);
    assertThat(schema.validate(misspelt)).anySatisfy(e -> assertThat(e.toString()).contains(wrong));
  }

  /** YAML's words for numbers and truth need quotes where Flink's settings are text. */
  @ParameterizedTest
  @CsvSource({"'\"false\"', false", "'\"20000\"', 20000", "v1_19, v1_12", "standalone, session"})
  void aWrongValueIsRefusedByBoth(String value, String wrong) throws Exception {
    JsonNode other = new YAMLMapper().readTree(DEPLOYMENT.toString().replace(value, wrong));
    assertThat(other).isNotEqualTo(DEPLOYMENT);
    assertThatThrownBy(() -> StrictObjects.read(other, FlinkDeployment.class))
        .isInstanceOf(JsonProcessingException.class);
    assertThat(StrictObjects.schema(FlinkDeployment.class).validate(other)).isNotEmpty();
  }

  @Test
  void itIsASessionClusterOfTheFlinkThatJobsAreBuiltFor() throws Exception {
    FlinkDeploymentSpec spec = spec();
    String version = EnvironmentInformation.getVersion();
    assertThat(spec.getImage()).isEqualTo("ticketflow-flink:" + version);
    assertThat(Files.readString(FILE.resolve("../../README.md").normalize()))
        .contains("-t " + spec.getImage() + " ");
    String line = version.substring(0, version.lastIndexOf('.'));
    assertThat(spec.getFlinkVersion()).hasToString("v" + line.replace('.', '_'));
    // No job of its own, and TaskManagers that are there before one comes.
    assertThat(spec.getJob()).isNull();
    assertThat(spec.getMode()).isEqualTo(KubernetesDeploymentMode.STANDALONE);
    assertThat(spec.getTaskManager().getReplicas()).isPositive();
  }

  /** The memory of a pod is what Flink's process takes: the operator sets it so. */
  @Test
  void flinkCanSplitThePodsMemory() throws Exception {
    FlinkDeploymentSpec spec = spec();
    Map<String, String> settings = new HashMap<>(spec.getFlinkConfiguration());
    settings.put("jobmanager.memory.process.size", spec.getJobManager().getResource().getMemory());
    settings.put(
        "taskmanager.memory.process.size", spec.getTaskManager().getResource().getMemory());
    for (Role role : Role.values()) {
      assertThat(role.memory(Configuration.fromMap(settings)).flags())
          .anyMatch(flag -> flag.startsWith("-Xmx"));
    }
  }

  @Test
  void aTaskManagersPodHasOneGpu() throws Exception {
    List<Container> containers = spec().getTaskManager().getPodTemplate().getSpec().getContainers();
    assertThat(containers).hasSize(1);
    // The name that the operator adds Flink to; under another it would stand beside Flink's.
    assertThat(containers.get(0).getName()).isEqualTo("flink-main-container");
    assertThat(containers.get(0).getResources().getLimits())
        .isEqualTo(Map.of("nvidia.com/gpu", new Quantity("1")));
    assertThat(spec().getFlinkConfiguration()).containsEntry("ticketflow.device", "gpu");
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

  private static FlinkDeploymentSpec spec() throws Exception {
    return StrictObjects.read(DEPLOYMENT, FlinkDeployment.class).getSpec();
  }

  private static List<JsonNode> documents() {
    try (var file =
        new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(FILE.toFile())) {
      return file.readAll();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
