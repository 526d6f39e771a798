package io.ticketflow.result;

import io.ticketflow.schemas.InputRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.ContainerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Solutions of a finished run of another output. */
public final class InputSolutions {
  private InputSolutions() {}

  /** The solutions by ascending cycle, as the other output has them. */
  public static List<SolutionRecord> read(BlobStore there, InputRecord input) {
    String folder = "solutions/" + input.getRun();
    List<SolutionRecord> solutions = new ArrayList<>();
    try {
      for (String path : there.list(folder)) {
        solutions.add(ContainerFiles.one(SolutionRecord.class, there.open(path)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(input.getOutput() + "/" + folder + ": " + e.getMessage(), e);
    }
    solutions.sort(Comparator.comparingInt(SolutionRecord::getCycle));
    return solutions;
  }

  /** The ticket of a cycle, as the other output has it. */
  public static TicketRecord ticket(BlobStore there, InputRecord input, int cycle) {
    String path = Tickets.ticketPath(input.getRun(), cycle);
    try {
      return ContainerFiles.one(TicketRecord.class, there.open(path));
    } catch (IOException e) {
      throw new UncheckedIOException(input.getOutput() + "/" + path + ": " + e.getMessage(), e);
    }
  }
}
