package io.ticketflow.learn.torch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The engine that trains, loaded once a JVM. */
public final class TorchEngine {
  /** DJL's name of it. */
  public static final String NAME = "PyTorch";

  /** Why it does not load. */
  private static @Nullable String failure;

  private TorchEngine() {}

  /**
   * The engine, loaded if it was not yet.
   *
   * @throws UncheckedIOException in one sentence that names the folder of its libraries and what to
   *     do; a JVM that could not load it once never will
   */
  static synchronized Engine load() {
    if (failure != null) {
      throw new UncheckedIOException(new IOException(failure));
    }
    try {
      return Engine.getEngine(NAME);
    } catch (RuntimeException | LinkageError e) {
      failure = sentence(e);
      throw new UncheckedIOException(new IOException(failure, e));
    }
  }

  /**
   * Loads the engine if it was not yet.
   *
   * @throws UncheckedIOException as {@link #load}
   */
  public static void require() {
    load();
  }

  /** The folder that the engine's libraries are unpacked into. */
  public static Path cache() {
    return Utils.getEngineCacheDir();
  }

  /** Whether the engine may download nothing. */
  public static boolean isOffline() {
    return Utils.isOfflineMode();
  }

  /** The version of DJL's library of the engine, which is not the version of its api. */
  public static String version() {
    return Objects.requireNonNull(
        PtEngine.class.getPackage().getSpecificationVersion(), "the engine's jar has a manifest");
  }

  private static String sentence(Throwable failure) {
    String own = Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH");
    String reason = " (" + reason(failure) + "): ";
    if (own != null && !own.isEmpty()) {
      return "cannot load PyTorch from PYTORCH_LIBRARY_PATH, "
          + own
          + reason
          + "the folder must hold libtorch alone, and of the version that PYTORCH_VERSION says";
    }
    return "cannot load PyTorch, which is unpacked into "
        + Utils.getEngineCacheDir()
        + reason
        + "that folder must be writable, have 500 MB free and let libraries be loaded from it (not"
        + " be mounted noexec), and DJL_CACHE_DIR names another; delete it if it is damaged; only"
        + " Linux on x86-64 has PyTorch in the jars";
  }

  /**
   * What the innermost cause says first, as a clause without a stop; the system's linker names a
   * file twice.
   */
  public static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return line.replaceFirst("^(.+?): \\1: ", "$1: ");
  }
}
