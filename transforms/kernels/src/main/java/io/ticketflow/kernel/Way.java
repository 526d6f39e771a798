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

  /** What the sums of each slice begin with. */
  private final Begin[] begins;

  private final Crew.Work work;

  // of the batch
  private float[] read = new float[0];
  private float[] written = new float[0];
  private int blocks;
  private int parts;

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
    begins = new Begin[count];
    work =
        count > 1 ? (part, hand) -> lines(part, 0, Integer.MAX_VALUE) : (part, hand) -> some(part);
  }

  /** Computes a batch of so many blocks. */
  void run(float[] weights, Begin begin, float[] in, float[] out, int count) {
    for (int i = 0; i < arranged.length; i++) {
      arranged[i] = slices.get(i).arranged(weights);
      begins[i] = begin.from(firsts[i]);
    }
    read = in;
    written = out;
    blocks = count;
    int most = crew.threads() == 1 ? 1 : Math.min(lines.count(count), PARTS * crew.threads());
    parts = slices.size() > 1 ? slices.size() : most;
    crew.each(parts, work);
  }

  /** Some lines of all channels. */
  private void some(int part) {
    int count = lines.count(blocks);
    lines(0, Crew.cut(count, part, parts), Crew.cut(count, part + 1, parts));
  }

  private void lines(int slice, int from, int to) {
    Direction direction = slices.get(slice);
    Begin begin = begins[slice];
    int write = firsts[slice] * channelStep;
    int end = Math.min(to, lines.count(blocks));
    for (int i = from; i < end; i++) {
      Line line = lines.line(i, blocks);
      direction.run(crew.kernels(), arranged[slice], begin, read, 0, written, write, line);
    }
  }
}
