package io.ticketflow.kernel;

/** The rows of a block that a convolution reads, wherever they lie. */
interface Window {
  /** Rows {@code from … to − 1} are read next, and those before them never again. */
  void need(int from, int to);

  /** The array in which they lie. */
  float[] array();

  /** Where a row's place 0 of channel 0 lies; rows lie as far apart as in the map. */
  int at(int row);

  /** Rows of a block that lie in a map's values or gradient. */
  final class Lying implements Window {
    private final FeatureMap map;
    private float[] array = new float[0];
    private int block;

    Lying(FeatureMap map) {
      this.map = map;
    }

    /** Becomes those of a block. */
    Lying of(float[] values, int ofBlock) {
      array = values;
      block = ofBlock;
      return this;
    }

    @Override
    public void need(int from, int to) {
      // all are there, and those of the border are 0
    }

    @Override
    public float[] array() {
      return array;
    }

    @Override
    public int at(int row) {
      return map.at(block, row, 0);
    }
  }
}
