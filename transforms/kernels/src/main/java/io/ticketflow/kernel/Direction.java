package io.ticketflow.kernel;

/** One way through the weights of a layer: there, or back to the places of one remainder. */
interface Direction {
  /** The lines of places that it computes. */
  Lines lines();

  /** Rows of what it writes at a place. */
  int rows();

  /** What computes rows {@code from … to − 1} of them alone. */
  Direction rows(int from, int to);

  /** Computes one line. */
  void run(Kernels kernels, float[] weights, Begin begin, float[] in, float[] out, Line line);

  /** Over all weights. */
  record Dense(Lines lines, Block block, int chunk) implements Direction {
    @Override
    public int rows() {
      return block.rows();
    }

    @Override
    public Direction rows(int from, int to) {
      return new Dense(lines.further(from * lines.rowStep()), block.rows(from, to), chunk);
    }

    @Override
    public void run(
        Kernels kernels, float[] weights, Begin begin, float[] in, float[] out, Line line) {
      int taps = block.offset().length;
      for (int from = 0; from == 0 || from < taps; from += chunk) {
        int to = Math.min(taps, from + chunk);
        Begin first = from == 0 ? begin : Begin.THERE;
        kernels.dense(block, from, to, weights, first, in, out, line);
      }
    }
  }

  /** Over the kept ones. */
  record Sparse(Lines lines, Taps taps) implements Direction {
    @Override
    public int rows() {
      return taps.rows();
    }

    @Override
    public Direction rows(int from, int to) {
      return new Sparse(lines.further(from * lines.rowStep()), taps.rows(from, to));
    }

    @Override
    public void run(
        Kernels kernels, float[] weights, Begin begin, float[] in, float[] out, Line line) {
      kernels.sparse(taps, weights, begin, in, out, line);
    }
  }
}
