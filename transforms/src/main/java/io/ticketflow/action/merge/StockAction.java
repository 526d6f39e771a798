package io.ticketflow.action.merge;

import io.ticketflow.action.ArtifactAction;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.store.ArtifactStock;
import io.ticketflow.work.Action;
import io.ticketflow.work.Kind;
import java.util.ArrayList;
import java.util.List;

/** Model Stock of a cycle's particles, in their order, and the weights they set out from. */
public final class StockAction {
  private static final Kind<ArtifactResult> KIND = ArtifactAction.kind("stock", 1);

  private StockAction() {}

  /**
   * Model Stock of networks of one mask, at least one.
   *
   * @param anchor the weights from which all of them set out
   */
  public static Action<ArtifactResult> of(List<ArtifactRef> particles, ArtifactRef anchor) {
    List<ArtifactRef> inputs = new ArrayList<>(particles);
    inputs.add(anchor);
    return ArtifactAction.of(
        KIND, "stock", inputs, at -> ArtifactStock.of(at.artifacts(), particles, anchor));
  }
}
