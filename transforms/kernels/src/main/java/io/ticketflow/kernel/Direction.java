package io.ticketflow.kernel;

/** One way through the weights of a layer: there, or back to the places of one remainder. */
interface Direction {
  /** Computes all lines of a batch of so many blocks. */
  void run(Kernels kernels, float[] weights, Begin begin, float[] in, float[] out, int blocks);

  /** Over all weights. */
  record Dense(Lines lines, Block block, int chunk) implements Direction {
    @Override
    public void run(
        Kernels kernels, float[] weights, Begin begin, float[] in, float[] out, int blocks) {
      int taps = block.offset().length;
      for (Line[] some : lines.of(blocks)) {
        for (Line line : some) {
          for (int from = 0; from == 0 || from < taps; from += chunk) {
            int to = Math.min(taps, from + chunk);
            Begin first = from == 0 ? begin : Begin.THERE;
            kernels.dense(block, from, to, weights, first, in, out, line);
          }
        }
      }
    }
  }

  /** Over the kept ones. */
  record Sparse(Lines lines, Taps taps) implements Direction {
    @Override
    public void run(
        Kernels kernels, float[] weights, Begin begin, float[] in, float[] out, int blocks) {
      for (Line[] some : lines.of(blocks)) {
        for (Line line : some) {
          kernels.sparse(taps, weights, begin, in, out, line);
        }
      }
    }
  }
}
