package io.ticketflow.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** How wide the vectors of this JVM are. */
final class VectorWidth {
  private VectorWidth() {}

  /** As wide as the property says, or as the processor has them, 512 bits at most. */
  static VectorSpecies<Float> species() {
    int bits =
        Integer.getInteger(KernelChoice.VECTOR_BITS, FloatVector.SPECIES_PREFERRED.vectorBitSize());
    return switch (bits) {
      case 128 -> FloatVector.SPECIES_128;
      case 256 -> FloatVector.SPECIES_256;
      default -> FloatVector.SPECIES_512;
    };
  }
}
