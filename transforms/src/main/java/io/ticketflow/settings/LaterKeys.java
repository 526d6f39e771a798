package io.ticketflow.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.TicketsSpec;
import io.ticketflow.spec.Together;
import java.util.Map;

/**
 * Keys that came when there were results already. They stand in a specification's text only where
 * they have another value than the one that changes nothing, so the keys of older actions stay what
 * they were, and older texts are read.
 */
final class LaterKeys {
  private static final Map<String, JsonNode> OF_MODEL =
      Map.of(
          "torchscript", TextNode.valueOf(""),
          "trusted", BooleanNode.FALSE,
          "digest", TextNode.valueOf(""),
          "weights", TextNode.valueOf(""),
          "masks", BooleanNode.FALSE,
          "weightsDigest", TextNode.valueOf(""),
          "kept", LongNode.valueOf(0));

  private LaterKeys() {}

  /** What is left out of a model's text; the same as is filled in here. */
  interface OfModel {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    String torchscript();

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean trusted();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    String digest();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    String weights();

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean masks();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    String weightsDigest();

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    long kept();
  }

  /** Likewise of a training. */
  interface OfTraining {
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = IsTorch.class)
    EngineName engine();
  }

  /** Likewise of a control. */
  interface OfTickets {
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = IsDrawn.class)
    TicketsSpec.Signs signs();
  }

  /** Likewise of a run. */
  interface OfRun {
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = IsUnmeasured.class)
    MeasureSpec measure();

    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = IsEnsemble.class)
    Together together();
  }

  /** What is left out is equal to it, as Jackson asks. */
  @SuppressWarnings("EqualsHashCode")
  static final class IsUnmeasured {
    @Override
    public boolean equals(Object other) {
      return MeasureSpec.NONE.equals(other);
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  /** What is left out is equal to it, as Jackson asks. */
  @SuppressWarnings("EqualsHashCode")
  static final class IsTorch {
    @Override
    public boolean equals(Object other) {
      return other == EngineName.TORCH;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  /** What is left out is equal to it, as Jackson asks. */
  @SuppressWarnings("EqualsHashCode")
  static final class IsEnsemble {
    @Override
    public boolean equals(Object other) {
      return other == Together.ENSEMBLE;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  /** What is left out is equal to it, as Jackson asks. */
  @SuppressWarnings("EqualsHashCode")
  static final class IsDrawn {
    @Override
    public boolean equals(Object other) {
      return other == TicketsSpec.Signs.DRAWN;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  /** The tree of a run's specification with what was left out. */
  static JsonNode filled(JsonNode tree) {
    if (tree.path("model") instanceof ObjectNode model) {
      OF_MODEL.forEach(
          (key, value) -> model.set(key, model.path(key).isMissingNode() ? value : model.get(key)));
    }
    if (tree.path("training") instanceof ObjectNode training && !training.has("engine")) {
      training.put("engine", "torch");
    }
    if (tree.path("tickets") instanceof ObjectNode tickets && !tickets.has("signs")) {
      tickets.put("signs", "drawn");
    }
    if (tree instanceof ObjectNode run && run.has("pruning") && !run.has("measure")) {
      run.set("measure", CanonicalJson.tree(MeasureSpec.NONE));
    }
    if (tree instanceof ObjectNode run && run.has("pruning") && !run.has("together")) {
      run.put("together", "ensemble");
    }
    return tree;
  }
}
