package io.ticketflow.action.merge;

import io.ticketflow.action.ArtifactAction;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.spec.MergingSpec;
import io.ticketflow.store.ArtifactTies;
import io.ticketflow.work.Action;
import io.ticketflow.work.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** TIES-merging of a cycle's particles, in their order, and the weights they set out from. */
public final class TiesAction {
  private static final Kind<ArtifactResult> KIND = ArtifactAction.kind("ties", 1);

  private TiesAction() {}

  /**
   * TIES-merging of networks of one mask, at least one.
   *
   * @param merging says what stays of their steps, and their factor
   * @param anchor the weights from which all of them set out
   */
  public static Action<ArtifactResult> of(
      MergingSpec merging, List<ArtifactRef> particles, ArtifactRef anchor) {
    List<ArtifactRef> inputs = new ArrayList<>(particles);
    inputs.add(anchor);
    return ArtifactAction.of(
        KIND,
        Map.of("keep", merging.keep(), "scale", merging.scale()),
        inputs,
        at -> ArtifactTies.of(at.artifacts(), particles, anchor, merging.keep(), merging.scale()));
  }
}
