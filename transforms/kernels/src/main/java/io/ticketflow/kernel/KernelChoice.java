package io.ticketflow.kernel;

/** The kernels of this JVM. */
public final class KernelChoice {
  private static final String MODULE = "jdk.incubator.vector";
  private static final String CHECKS = "jdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK";

  /** Bits of a vector, in place of what the processor has: 128, 256 or 512; 0 = no vectors. */
  static final String VECTOR_BITS = "ticketflow.vector.bits";

  private static final Kernels BEST = choose();

  private KernelChoice() {}

  /** By vectors where the JVM has the module of the Vector API; the bits are the same without. */
  public static Kernels best() {
    return BEST;
  }

  /** Whether they are by vectors. */
  public static boolean hasVectors() {
    return BEST instanceof VectorKernels;
  }

  /** Places of a line that the kernels take together at best; no bit depends on it. */
  static int tile() {
    return hasVectors() ? SparseVectors.TILE : 4;
  }

  private static Kernels choose() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()
        || "0".equals(System.getProperty(VECTOR_BITS))) {
      return new ScalarKernels();
    }
    if (System.getProperty(CHECKS) == null) {
      // the offsets are the layers' own, and checks in the innermost loops cost a third; tests of
      // this module run with them
      System.setProperty(CHECKS, "0");
    }
    return new VectorKernels();
  }
}
