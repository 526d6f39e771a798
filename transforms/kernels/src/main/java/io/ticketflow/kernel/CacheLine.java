package io.ticketflow.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * Where an array's first cache line begins. A vector of 64 bytes that lies in two lines is read at
 * half the speed, and the JVM begins an array's numbers 16 bytes behind where the array begins.
 *
 * <p>Only the G1 collector tells where that is: an array as large as half a region has regions of
 * its own, begins where they do, and stays there. With other collectors arrays are used from their
 * beginning. No bit of a result depends on it.
 */
final class CacheLine {
  /** Floats of a line. */
  private static final int FLOATS = 16;

  /** Floats that an array's header takes. */
  private static final int HEADER = 4;

  /** Larger regions are not filled up: 2 MB an array. */
  private static final long LARGEST = 4L << 20;

  private static final long REGION = region();

  private CacheLine() {}

  /** An array for so many floats from {@link #first} on, all 0. */
  static float[] array(int floats) {
    int large = REGION > LARGEST ? 0 : (int) (REGION / 2 / Float.BYTES);
    return new float[Math.max(large, Math.addExact(floats, FLOATS))];
  }

  /** The first index that begins a line of such an array; 0 where nothing tells. */
  static int first() {
    return REGION == 0 ? 0 : FLOATS - HEADER;
  }

  /** Bytes of a region of G1; 0 = another collector. */
  private static long region() {
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (each.getName().startsWith("G1 ")) {
        HotSpotDiagnosticMXBean options =
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return options == null
            ? 0
            : Long.parseLong(options.getVMOption("G1HeapRegionSize").getValue());
      }
    }
    return 0;
  }
}
