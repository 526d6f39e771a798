package io.ticketflow.kernel;

import java.util.ArrayList;
import java.util.List;

/** A direction, cut into parts for a crew: by lines, or by rows where there are few lines. */
final class Way {
  /** Rows that the dense loop takes together. */
  private static final int TOGETHER = 4;

  /** Parts a thread, so that one which is late takes fewer. */
  private static final int PARTS = 4;

  private final Crew crew;
  private final List<Direction> slices = new ArrayList<>();
  private final int[] firstRow;

  Way(Crew crew, Direction whole) {
    this.crew = crew;
    int threads = crew.threads();
    int groups = (whole.rows() + TOGETHER - 1) / TOGETHER;
    int count = whole.lines().most() >= threads ? 1 : Math.min(threads, groups);
    firstRow = new int[count];
    for (int i = 0; i < count; i++) {
      firstRow[i] = Crew.cut(groups, i, count) * TOGETHER;
      int end = Math.min(whole.rows(), Crew.cut(groups, i + 1, count) * TOGETHER);
      slices.add(count == 1 ? whole : whole.rows(firstRow[i], end));
    }
  }

  /** Computes a batch of so many blocks. */
  void run(float[] weights, Begin begin, float[] in, float[] out, int blocks) {
    if (slices.size() > 1) {
      crew.each(
          slices.size(),
          (part, hand) -> lines(part, 0, Integer.MAX_VALUE, weights, begin, in, out, blocks));
      return;
    }
    int lines = slices.get(0).lines().count(blocks);
    int parts = crew.threads() == 1 ? 1 : Math.min(lines, PARTS * crew.threads());
    crew.each(
        parts,
        (part, hand) -> {
          int from = Crew.cut(lines, part, parts);
          lines(0, from, Crew.cut(lines, part + 1, parts), weights, begin, in, out, blocks);
        });
  }

  private void lines(
      int slice,
      int from,
      int to,
      float[] weights,
      Begin begin,
      float[] in,
      float[] out,
      int blocks) {
    Direction direction = slices.get(slice);
    Lines lines = direction.lines();
    Begin first = begin.from(firstRow[slice]);
    int end = Math.min(to, lines.count(blocks));
    for (int i = from; i < end; i++) {
      direction.run(crew.kernels(), weights, first, in, out, lines.line(i, blocks));
    }
  }
}
