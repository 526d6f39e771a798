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
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The operator's objects, read as they are written: by themselves they skip what they do not know.
 */
final class StrictObjects {
  private static final JsonMapper MAPPER = mapper();

  private StrictObjects() {}

  /**
   * An object of the operator's or of Kubernetes'.
   *
   * @throws JsonProcessingException if a key is not one of its class, or a number stands for text
   */
  static <T> T read(JsonNode tree, Class<T> type) throws JsonProcessingException {
    return MAPPER.treeToValue(tree, type);
  }

  /**
   * What the API server checks such an object by, from the definition that the operator brings.
   * With it goes what {@code kubectl apply} adds: keys that are not defined are refused.
   */
  static Schema schema(Class<? extends HasMetadata> type) throws IOException {
    String file = "/META-INF/fabric8/" + HasMetadata.getFullResourceName(type) + "-v1.yml";
    try (InputStream in = type.getResourceAsStream(file)) {
      JsonNode definition = new YAMLMapper().readTree(Objects.requireNonNull(in, file));
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
    schema.forEach(StrictObjects::close);
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
