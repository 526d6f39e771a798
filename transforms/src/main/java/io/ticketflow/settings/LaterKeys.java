package io.ticketflow.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.ticketflow.spec.DataSpec;
import io.ticketflow.spec.DecoupledSpec;
import io.ticketflow.spec.EngineName;
import io.ticketflow.spec.LookAheadSpec;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.MergingSpec;
import io.ticketflow.spec.PerturbedSpec;
import io.ticketflow.spec.TicketsSpec;
import io.ticketflow.spec.Together;
import io.ticketflow.spec.TrainingSpec;
import io.ticketflow.spec.Voting;
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
          "kept", LongNode.valueOf(0),
          "dropout", DoubleNode.valueOf(0));

  private static final Map<String, JsonNode> OF_DATA =
      Map.of("border", TextNode.valueOf("black"), "alternating", BooleanNode.FALSE);

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

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    double dropout();
  }

  /** Likewise of a training. */
  interface OfTraining {
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.IsTorch.class)
    EngineName engine();

    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.IsCoupled.class)
    DecoupledSpec decoupled();

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    int averageEvery();

    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.IsPlain.class)
    TrainingSpec.Normalisation normalisation();
  }

  /** Likewise of a sparsifier. */
  interface OfSparsifier {
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.IsBlind.class)
    LookAheadSpec lookAhead();
  }

  /** Likewise of one training, which is only written. */
  interface OfParticleTraining {
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean spread();
  }

  /** Likewise of data. */
  interface OfData {
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.IsBlack.class)
    DataSpec.Border border();

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean alternating();
  }

  /** Likewise of pruning. */
  interface OfPruning {
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.IsMean.class)
    Voting voting();
  }

  /** Likewise of a control. */
  interface OfTickets {
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.IsDrawn.class)
    TicketsSpec.Signs signs();
  }

  /** Likewise of measuring. */
  interface OfEvaluation {
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean mirror();
  }

  /** Likewise of a run. */
  interface OfRun {
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.IsUnmeasured.class)
    MeasureSpec measure();

    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.IsEnsemble.class)
    Together together();

    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.IsAsPublished.class)
    MergingSpec merging();

    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOut.IsUnperturbed.class)
    PerturbedSpec perturbed();
  }

  /** The tree of a run's specification with what was left out. */
  static JsonNode filled(JsonNode tree) {
    if (tree.path("model") instanceof ObjectNode model) {
      fill(model, OF_MODEL);
    }
    if (tree.path("training") instanceof ObjectNode training) {
      fill(
          training,
          Map.of(
              "engine",
              CanonicalJson.tree(EngineName.TORCH),
              "decoupled",
              CanonicalJson.tree(DecoupledSpec.NONE),
              "averageEvery",
              IntNode.valueOf(0),
              "normalisation",
              CanonicalJson.tree(TrainingSpec.Normalisation.PLAIN)));
    }
    if (tree.path("training").path("sparsifier") instanceof ObjectNode sparsifier) {
      fill(sparsifier, Map.of("lookAhead", CanonicalJson.tree(LookAheadSpec.NONE)));
    }
    if (tree.path("data") instanceof ObjectNode data) {
      fill(data, OF_DATA);
    }
    if (tree.path("pruning") instanceof ObjectNode pruning) {
      fill(pruning, Map.of("voting", CanonicalJson.tree(Voting.MEAN)));
    }
    if (tree.path("tickets") instanceof ObjectNode tickets) {
      fill(tickets, Map.of("signs", CanonicalJson.tree(TicketsSpec.Signs.DRAWN)));
    }
    if (tree.path("evaluation") instanceof ObjectNode evaluation) {
      fill(evaluation, Map.of("mirror", BooleanNode.FALSE));
    }
    if (tree instanceof ObjectNode run && run.has("pruning")) {
      fill(
          run,
          Map.of(
              "measure", CanonicalJson.tree(MeasureSpec.NONE),
              "merging", CanonicalJson.tree(MergingSpec.PUBLISHED),
              "perturbed", CanonicalJson.tree(PerturbedSpec.NONE),
              "together", CanonicalJson.tree(Together.ENSEMBLE)));
    }
    return tree;
  }

  private static void fill(ObjectNode section, Map<String, JsonNode> values) {
    values.forEach((key, value) -> section.set(key, section.has(key) ? section.get(key) : value));
  }
}
