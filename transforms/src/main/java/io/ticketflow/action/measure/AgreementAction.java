package io.ticketflow.action.measure;

import io.ticketflow.math.Mask;
import io.ticketflow.network.MaskAgreement;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.AgreementResult;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.schemas.TensorAgreement;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What two networks' masks and signs have in common, tensor by tensor. */
public final class AgreementAction {
  private static final Kind<AgreementResult> KIND =
      new Kind<>("agreement", 1, AgreementResult.class, result -> Optional.empty());

  private AgreementAction() {}

  /** The comparison of two networks of one model. */
  public static Action<AgreementResult> of(List<NamedNetwork> networks) {
    Map<String, Object> matters = new HashMap<>();
    matters.put("masked", MeasuredNetworks.masked(networks));
    return Action.of(
        KIND,
        matters,
        MeasuredNetworks.inputs(networks),
        made -> new AgreementResult("", List.of(), 0.0, ""),
        at -> make(at, networks.get(0), networks.get(1)));
  }

  private static AgreementResult make(Attempt at, NamedNetwork first, NamedNetwork second) {
    ArtifactStore artifacts = at.artifacts();
    TensorSet ours = artifacts.load(first.getWeights());
    TensorSet others = artifacts.load(second.getWeights());
    Masks kept = artifacts.loadMasks(mask(first));
    Masks otherKept = artifacts.loadMasks(mask(second));
    List<TensorAgreement> found = new ArrayList<>();
    int position = 0;
    for (Tensor tensor : ours.tensors()) {
      Mask mask = kept.get(tensor.name());
      Mask other = otherKept.get(tensor.name());
      if (mask != null && other != null) {
        MaskAgreement both =
            MaskAgreement.of(tensor.values(), mask, others.get(tensor.name()).values(), other);
        found.add(
            new TensorAgreement(
                position,
                tensor.name(),
                (long) mask.size(),
                (long) mask.kept(),
                (long) other.kept(),
                both.bothKept(),
                both.flipped()));
      }
      position++;
    }
    return new AgreementResult(at.key(), found, at.seconds(), "cpu");
  }

  private static ArtifactRef mask(NamedNetwork network) {
    return network.getMask() == null ? network.getWeights() : network.getMask();
  }
}
