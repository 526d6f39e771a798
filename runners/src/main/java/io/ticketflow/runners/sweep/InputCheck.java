package io.ticketflow.runners.sweep;

import io.ticketflow.result.InputSolutions;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.InputRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.spec.RunSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Blobs;
import java.io.UncheckedIOException;
import java.util.List;

/** Whether the run of an output that another run begins with is there and fits. */
final class InputCheck {
  private InputCheck() {}

  /** A run that is not finished has too few solutions; other images give other measures. */
  static void check(InputRecord input, RunSpec trained, RunSpec here) {
    BlobStore there = Blobs.at(input.getOutput());
    List<SolutionRecord> found = InputSolutions.read(there, input);
    found.forEach(solution -> checkThere(there, input, solution.getWeights()));
    int solutions = found.size();
    int cycles = trained.lastCycle() - trained.firstCycle() + 1;
    if (solutions < cycles) {
      throw UserException.of(
          "input run %s of %s has %d of %d solutions: finish it first",
          input.getRun(), input.getOutput(), solutions, cycles);
    }
    if (!trained.data().digest().equals(here.data().digest())) {
      throw UserException.of(
          "the images in %s are others than input run %s was trained on",
          here.data().dir(), input.getRun());
    }
  }

  /** A plain file by its size, as its digest is checked when it is read; a packed one by both. */
  private static void checkThere(BlobStore there, InputRecord input, ArtifactRef artifact) {
    String path = artifact.getPath();
    try {
      if (new ArtifactStore(there).isPresent(artifact)) {
        return;
      }
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(
          input.getOutput() + "/" + path + ": " + e.getMessage(), e.getCause());
    }
    throw UserException.of(
        "input run %s of %s lacks its file %s, or has it cut short or altered",
        input.getRun(), input.getOutput(), path);
  }
}
