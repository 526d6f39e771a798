package io.ticketflow.runners.doctor;

import com.github.luben.zstd.util.Native;
import io.ticketflow.learn.torch.TorchEngine;
import io.ticketflow.spec.EngineName;
import io.ticketflow.work.EngineChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.beam.sdk.util.SerializableUtils;
import org.xerial.snappy.SnappyError;

/** What Java programs unpack at run time and hand to the system's linker. */
public final class NativeLibraries {
  private NativeLibraries() {}

  /**
   * Loads all that this process could need, so that nothing is begun that could not go on.
   *
   * @throws UncheckedIOException in one sentence that names the folder and what to do
   */
  public static void load() {
    load(EnumSet.of(EngineName.TORCH, EngineName.JAVA));
  }

  /**
   * The same where only some engines compute: libtorch takes a second and 100 MB.
   *
   * @throws UncheckedIOException in one sentence that names the folder and what to do
   */
  public static void load(Set<EngineName> engines) {
    loadCompression();
    engines.forEach(EngineChoice::require);
  }

  /**
   * Loads the libraries of Beam's graphs (Snappy) and of tables (Zstandard), which are unpacked
   * into java.io.tmpdir.
   *
   * @throws UncheckedIOException naming the library, if it cannot be loaded
   */
  public static void loadCompression() {
    try {
      SerializableUtils.serializeToByteArray("");
      Native.load();
    } catch (RuntimeException | LinkageError | SnappyError e) {
      throw new UncheckedIOException(
          new IOException(
              "cannot load a library from java.io.tmpdir, "
                  + System.getProperty("java.io.tmpdir")
                  + " ("
                  + TorchEngine.reason(e)
                  + "): that folder must be writable, have 10 MB free and let libraries be loaded"
                  + " from it (not be mounted noexec), and TICKETFLOW_JVM=-Djava.io.tmpdir=DIR "
                  + "names"
                  + " another",
              e));
    }
  }

  static Finding compression() {
    String folder = System.getProperty("java.io.tmpdir");
    try {
      loadCompression();
      return Finding.ok("temporary files", folder + "; libraries can be loaded from it.");
    } catch (UncheckedIOException e) {
      return Finding.problem("temporary files", Finding.sentence(e));
    }
  }
}
