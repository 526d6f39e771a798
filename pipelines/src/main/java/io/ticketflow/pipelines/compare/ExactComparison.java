package io.ticketflow.pipelines.compare;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.EpochRow;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.DamagedArtifactException;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Two sides by their digests; tensors and curves are read only where they part first. */
record ExactComparison(Side here, Side there, List<Part> parts, List<Part> differing) {
  private static final String ALTERED = "the file does not hold what its name says";

  /**
   * @param sharedRunsOnly leaves out runs that one side lacks
   */
  static ExactComparison of(Side here, Side there, boolean sharedRunsOnly) {
    Set<Part> parts = new TreeSet<>(here.fingerprint().digests().keySet());
    parts.addAll(there.fingerprint().digests().keySet());
    if (sharedRunsOnly) {
      Set<String> shared = runs(here);
      shared.retainAll(runs(there));
      parts.removeIf(part -> !shared.contains(part.run()));
    }
    List<Part> differing = parts.stream().filter(part -> differs(here, there, part)).toList();
    return new ExactComparison(here, there, List.copyOf(parts), differing);
  }

  private static Set<String> runs(Side side) {
    return side.fingerprint().digests().keySet().stream()
        .map(Part::run)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean differs(Side here, Side there, Part part) {
    return here.altered().contains(part)
        || there.altered().contains(part)
        || !Objects.equals(digest(here, part), digest(there, part));
  }

  private static @Nullable String digest(Side side, Part part) {
    return side.fingerprint().digests().get(part);
  }

  /** Every part that differs. */
  List<Verdict.Different> different() {
    List<Verdict.Different> rows = new ArrayList<>();
    for (Part part : differing) {
      boolean mine = here.altered().contains(part);
      boolean theirs = there.altered().contains(part);
      String remark =
          mine && theirs
              ? "on both sides " + ALTERED
              : mine ? "here " + ALTERED : theirs ? "there " + ALTERED : null;
      rows.add(
          new Verdict.Different(
              part.run(),
              part.cycle(),
              part.what(),
              digest(here, part),
              digest(there, part),
              remark));
    }
    return rows;
  }

  /** Where the two part first; empty if they do not. */
  Optional<Verdict.Parting> first() throws IOException {
    if (differing.isEmpty()) {
      return Optional.empty();
    }
    Part first = differing.get(0);
    List<Part> cycle =
        differing.stream()
            .filter(part -> part.run().equals(first.run()) && part.cycle() == first.cycle())
            .toList();
    Optional<Part> artifact =
        cycle.stream()
            .filter(
                part -> here.artifacts().containsKey(part) || there.artifacts().containsKey(part))
            .findFirst();
    boolean curves = cycle.stream().anyMatch(part -> part.what().equals(Part.EPOCHS));
    return Optional.of(
        new Verdict.Parting(
            first.run(),
            first.cycle(),
            first.what(),
            curves ? curve(first).orElse(null) : null,
            artifact.map(Part::what).orElse(null),
            artifact.flatMap(this::tensor).orElse(null)));
  }

  private Optional<CurveDifference> curve(Part at) throws IOException {
    if (here.output().isEmpty() || there.output().isEmpty()) {
      return Optional.empty();
    }
    Predicate<EpochRow> wanted =
        row -> row.getRun().equals(at.run()) && row.getCycle() == at.cycle();
    return CurveDifference.first(
        rows(here.output().get(), wanted), rows(there.output().get(), wanted));
  }

  private static List<EpochRow> rows(Location output, Predicate<EpochRow> wanted)
      throws IOException {
    return Tables.EPOCHS.read(output).stream().filter(wanted).toList();
  }

  private Optional<TensorDifference> tensor(Part part) {
    ArtifactRef mine = here.artifacts().get(part);
    ArtifactRef theirs = there.artifacts().get(part);
    if (mine == null || theirs == null) {
      return Optional.empty();
    }
    try {
      return TensorDifference.between(store(here), mine, store(there), theirs).stream().findFirst();
    } catch (DamagedArtifactException e) {
      return Optional.empty(); // its digest differs, and no tensor of it can be read
    }
  }

  private static ArtifactStore store(Side side) {
    return new ArtifactStore(side.output().orElseThrow().blobs());
  }
}
