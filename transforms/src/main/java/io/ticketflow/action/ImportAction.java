package io.ticketflow.action;

import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.InputRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.spec.SpecException;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.store.DamagedArtifactException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.avro.file.DataFileStream;

/** Solutions of a finished run of another output. */
public final class ImportAction {
  private ImportAction() {}

  /**
   * The solutions by ascending cycle, their networks copied into this output. One that is here
   * already is not copied again.
   *
   * @throws SpecException naming the other output and its file that is missing or damaged
   */
  public static List<SolutionRecord> perform(Workplace place, InputRecord input) {
    BlobStore there = Blobs.at(input.getOutput());
    List<SolutionRecord> solutions = read(there, input);
    ArtifactStore from = new ArtifactStore(there);
    solutions.forEach(solution -> copy(place, there, from, input, solution.getWeights()));
    return solutions;
  }

  /** The solutions as the other output has them. */
  public static List<SolutionRecord> read(BlobStore there, InputRecord input) {
    String folder = "solutions/" + input.getRun();
    List<SolutionRecord> solutions = new ArrayList<>();
    try {
      for (String path : there.list(folder)) {
        try (InputStream in = there.open(path);
            DataFileStream<SolutionRecord> records =
                ContainerFiles.reader(SolutionRecord.class, in)) {
          solutions.add(records.next());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(input.getOutput() + "/" + folder + ": " + e.getMessage(), e);
    }
    solutions.sort(Comparator.comparingInt(SolutionRecord::getCycle));
    return solutions;
  }

  private static void verify(ArtifactStore from, InputRecord input, ArtifactRef artifact) {
    try {
      from.verify(artifact);
    } catch (DamagedArtifactException e) {
      throw new SpecException(
          String.format(
              Locale.ROOT,
              "input run %s of %s is damaged: %s",
              input.getRun(),
              input.getOutput(),
              e.getMessage()));
    }
  }

  private static void copy(
      Workplace place,
      BlobStore there,
      ArtifactStore from,
      InputRecord input,
      ArtifactRef artifact) {
    try {
      place.artifacts().verify(artifact);
      return;
    } catch (DamagedArtifactException e) {
      verify(from, input, artifact); // what is not there whole is not copied
    }
    try (InputStream in = there.open(artifact.getPath())) {
      place.blobs().write(artifact.getPath(), in::transferTo);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
