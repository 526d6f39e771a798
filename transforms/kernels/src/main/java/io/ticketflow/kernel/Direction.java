package io.ticketflow.kernel;

/** One way through the weights of a layer: there, or back to the places of one remainder. */
interface Direction {
  /** The places that it computes. */
  Grid grid();

  /** Channels of what it writes at a place. */
  int channels();

  /** What computes channels {@code from … to − 1} of them alone, and writes them from 0 on. */
  Direction channels(int from, int to);

  /**
   * The weights as {@link #run} takes them, before a batch.
   *
   * @param weights of the network
   */
  float[] arranged(float[] weights);

  /** Computes one line, with so many floats added to the places that it reads and writes. */
  void run(
      Kernels kernels,
      float[] weights,
      Begin begin,
      float[] in,
      int read,
      float[] out,
      int write,
      Line line);

  /** Over all weights. */
  record Dense(Grid grid, Block block, int chunk) implements Direction {
    @Override
    public int channels() {
      return block.rows();
    }

    @Override
    public float[] arranged(float[] weights) {
      return weights;
    }

    @Override
    public Direction channels(int from, int to) {
      return new Dense(grid, block.rows(from, to), chunk);
    }

    @Override
    public void run(
        Kernels kernels,
        float[] weights,
        Begin begin,
        float[] in,
        int read,
        float[] out,
        int write,
        Line line) {
      int taps = block.offset().length;
      for (int from = 0; from == 0 || from < taps; from += chunk) {
        int to = Math.min(taps, from + chunk);
        Begin first = from == 0 ? begin : Begin.THERE;
        kernels.dense(block, from, to, weights, first, in, read, out, write, line);
      }
    }
  }

  /**
   * Over the kept ones.
   *
   * @param room for as many weights as there are taps, in the taps' order; none where the network
   *     has them in that order
   */
  record Sparse(Grid grid, Taps taps, float[] room) implements Direction {
    static Sparse of(Grid grid, Taps taps) {
      return new Sparse(grid, taps, new float[taps.weight() == null ? 0 : taps.offset().length]);
    }

    @Override
    public int channels() {
      return taps.rows();
    }

    @Override
    public float[] arranged(float[] weights) {
      int[] order = taps.weight();
      if (order == null) {
        return weights;
      }
      for (int k = 0; k < order.length; k++) {
        room[k] = weights[order[k]];
      }
      return room;
    }

    @Override
    public Direction channels(int from, int to) {
      return of(grid, taps.rows(from, to));
    }

    @Override
    public void run(
        Kernels kernels,
        float[] weights,
        Begin begin,
        float[] in,
        int read,
        float[] out,
        int write,
        Line line) {
      kernels.sparse(taps, weights, begin, in, read, out, write, line);
    }
  }
}
