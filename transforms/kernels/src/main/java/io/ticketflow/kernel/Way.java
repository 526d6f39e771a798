package io.ticketflow.kernel;

import java.util.ArrayList;
import java.util.List;

/** A direction, cut into parts for a crew: by lines, or by channels where there are few lines. */
final class Way {
  /** Channels that the dense loop takes together. */
  private static final int TOGETHER = 4;

  /** Parts a thread, so that one which is late takes fewer. */
  private static final int PARTS = 4;

  private final Crew crew;
  private final List<Direction> slices = new ArrayList<>();
  private final int[] firsts;
  private final Lines lines;
  private final int channelStep;

  /** The weights of each slice's taps. */
  private final float[][] arranged;

  Way(Crew crew, Direction whole) {
    this.crew = crew;
    lines = Lines.of(whole.grid());
    channelStep = whole.grid().channelStep();
    int threads = crew.threads();
    int groups = (whole.channels() + TOGETHER - 1) / TOGETHER;
    int count = lines.most() >= threads ? 1 : Math.min(threads, groups);
    firsts = new int[count];
    for (int i = 0; i < count; i++) {
      firsts[i] = Crew.cut(groups, i, count) * TOGETHER;
      int end = Math.min(whole.channels(), Crew.cut(groups, i + 1, count) * TOGETHER);
      slices.add(count == 1 ? whole : whole.channels(firsts[i], end));
    }
    arranged = new float[count][];
  }

  /** Computes a batch of so many blocks. */
  void run(float[] weights, Begin begin, float[] in, float[] out, int blocks) {
    for (int i = 0; i < arranged.length; i++) {
      arranged[i] = slices.get(i).arranged(weights);
    }
    if (slices.size() > 1) {
      crew.each(
          slices.size(), (part, hand) -> lines(part, 0, Integer.MAX_VALUE, begin, in, out, blocks));
      return;
    }
    int count = lines.count(blocks);
    int parts = crew.threads() == 1 ? 1 : Math.min(count, PARTS * crew.threads());
    crew.each(
        parts,
        (part, hand) -> {
          int from = Crew.cut(count, part, parts);
          lines(0, from, Crew.cut(count, part + 1, parts), begin, in, out, blocks);
        });
  }

  private void lines(
      int slice, int from, int to, Begin begin, float[] in, float[] out, int blocks) {
    Direction direction = slices.get(slice);
    Begin first = begin.from(firsts[slice]);
    int write = firsts[slice] * channelStep;
    int end = Math.min(to, lines.count(blocks));
    for (int i = from; i < end; i++) {
      Line line = lines.line(i, blocks);
      direction.run(crew.kernels(), arranged[slice], first, in, 0, out, write, line);
    }
  }
}
