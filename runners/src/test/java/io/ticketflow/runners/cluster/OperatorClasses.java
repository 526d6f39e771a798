package io.ticketflow.runners.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The operator's own classes, which read a deployment as strictly as they can be made to: by
 * themselves they skip what they do not know. Their jars are in a folder that the build fills,
 * because on the class path the operator's logging settings would take the place of ours. Jackson
 * and Flink are the tests'.
 */
final class OperatorClasses {
  private static final Path FOLDER = Path.of("target", "operator");

  private static final String DEPLOYMENT =
      "org.apache.flink.kubernetes.operator.api.FlinkDeployment";

  private static final String DEFINITION =
      "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  private static final ClassLoader LOADER = loader();

  private static final JsonMapper MAPPER = mapper();

  private OperatorClasses() {}

  /**
   * What the operator has of a FlinkDeployment once it has read it, written out again.
   *
   * @throws JsonProcessingException if a key is not one of its class, or a number stands for text
   */
  static JsonNode understood(JsonNode deployment) throws IOException {
    try {
      return MAPPER.valueToTree(MAPPER.treeToValue(deployment, LOADER.loadClass(DEPLOYMENT)));
    } catch (ClassNotFoundException e) {
      throw new IOException("no jar in " + FOLDER.toAbsolutePath() + " has " + DEPLOYMENT, e);
    }
  }

  /**
   * What the API server checks a FlinkDeployment by, from the definition that the operator brings.
   * With it goes what {@code kubectl apply} adds: keys that are not defined are refused.
   */
  static Schema schema() throws IOException {
    try (InputStream in = LOADER.getResourceAsStream(DEFINITION)) {
      JsonNode definition = new YAMLMapper().readTree(Objects.requireNonNull(in, DEFINITION));
      JsonNode schema = definition.at("/spec/versions/0/schema/openAPIV3Schema");
      for (String always : new String[] {"apiVersion", "kind", "metadata"}) {
        ((ObjectNode) schema.path("properties")).putObject(always);
      }
      close(schema);
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(schema);
    }
  }

  private static void close(JsonNode schema) {
    if (schema.path("properties").isObject()
        && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
    if (schema instanceof ObjectNode object) {
      object.remove("x-kubernetes-int-or-string"); // it has no type beside it, so nothing is lost
    }
    schema.forEach(OperatorClasses::close);
  }

  /** Kept until the tests' process ends, as classes are loaded when they are first used. */
  private static ClassLoader loader() {
    try (Stream<Path> jars = Files.list(FOLDER)) {
      List<URL> urls = new ArrayList<>();
      for (Path jar : jars.sorted().toList()) {
        urls.add(jar.toUri().toURL());
      }
      return new URLClassLoader(urls.toArray(URL[]::new), OperatorClasses.class.getClassLoader());
    } catch (IOException e) {
      throw new AssertionError(
          FOLDER.toAbsolutePath() + " is filled by 'mvn generate-test-resources'", e);
    }
  }

  private static JsonMapper mapper() {
    return JsonMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .withCoercionConfig(
            LogicalType.Textual,
            text -> {
              for (CoercionInputShape shape : CoercionInputShape.values()) {
                text.setCoercion(shape, CoercionAction.Fail);
              }
            })
        .annotationIntrospector(
            new JacksonAnnotationIntrospector() {
              @Override
              public JsonIgnoreProperties.Value findPropertyIgnoralByName(
                  MapperConfig<?> config, Annotated annotated) {
                return super.findPropertyIgnoralByName(config, annotated).withoutIgnoreUnknown();
              }

              /** Kubernetes' classes keep unknown keys in a map. */
              @Override
              public Boolean hasAnySetter(Annotated annotated) {
                return false;
              }
            })
        .build();
  }
}
