package io.ticketflow.action.measure;

import io.ticketflow.action.Networks;
import io.ticketflow.learn.data.Images;
import io.ticketflow.learn.data.corrupt.CorruptedImages;
import io.ticketflow.learn.data.corrupt.PublishedCorruptions;
import io.ticketflow.learn.measure.Robustness;
import io.ticketflow.math.corrupt.Corruption;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.CorruptionResult;
import io.ticketflow.schemas.NamedNetwork;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.spec.MeasureSpec;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.work.Action;
import io.ticketflow.work.Attempt;
import io.ticketflow.work.Kind;
import io.ticketflow.work.Workplace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scores of networks on the test images, corrupted in one way at one severity. */
public final class CorruptionAction {
  private static final Kind<CorruptionResult> KIND =
      new Kind<>("corruption", 1, CorruptionResult.class, result -> Optional.empty());

  /** What is drawn is the same for all runs and seeds, as a published folder is. */
  private static final long SEED = 0;

  private CorruptionAction() {}

  /**
   * The scores.
   *
   * @param networks of the run's model, BatchNorm recalibrated, as all on file are
   * @param severity from 1 to 5
   * @throws io.ticketflow.spec.UserException naming the file, if a published one cannot be read
   */
  public static Action<CorruptionResult> of(
      Workplace place,
      RunSpec spec,
      List<NamedNetwork> networks,
      Corruption corruption,
      int severity) {
    Map<String, Object> matters = MeasuredNetworks.scored(place, spec, networks);
    matters.put("corruption", corruption.label());
    matters.put("severity", severity);
    matters.put("published", spec.measure().isPublished());
    if (spec.measure().isPublished()) {
      matters.put("digest", PublishedCorruptions.digest(folder(spec), corruption));
    }
    return Action.of(
        KIND,
        matters,
        MeasuredNetworks.inputs(networks),
        made ->
            new CorruptionResult(
                "", MeasuredNetworks.promised(MeasureSpec.Split.TEST, networks.size()), 0.0, ""),
        at -> make(at, spec, networks, corruption, severity));
  }

  private static Path folder(RunSpec spec) {
    return Path.of(spec.measure().corrupted());
  }

  private static CorruptionResult make(
      Attempt at, RunSpec spec, List<NamedNetwork> named, Corruption corruption, int severity) {
    List<TensorSet> networks = MeasuredNetworks.load(at.artifacts(), named);
    Networks of = Networks.of(spec);
    Images clean = of.data().test();
    Images corrupted =
        spec.measure().isPublished()
            ? PublishedCorruptions.read(folder(spec), corruption, severity, clean)
            : CorruptedImages.of(clean, corruption, severity, SEED);
    List<SplitScores> scores =
        at.onDevice(
            spec.training().engine(),
            device ->
                Robustness.of(
                    of.graph(),
                    networks,
                    corrupted,
                    of.data(),
                    spec.training().labelSmoothing(),
                    spec.evaluation(),
                    at.place().calculator(spec, device)));
    return new CorruptionResult(at.key(), scores, at.seconds(), at.device());
  }
}
