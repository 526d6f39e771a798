package io.ticketflow.runners.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small disk of its own under a folder; only root has that, so tests are skipped for others. */
final class Volume implements AutoCloseable {
  private final Path folder;

  private Volume(Path folder) {
    this.folder = folder;
  }

  /** A disk of so many bytes, or the test's end where the machine allows none. */
  static Volume mount(Path folder, long bytes) throws IOException {
    Files.createDirectories(folder);
    boolean mounted =
        command("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString());
    Assumptions.assumeTrue(mounted, "this user cannot mount a tmpfs");
    return new Volume(folder);
  }

  /** Takes all the space that is left. */
  Path fill() throws IOException {
    Path ballast = folder.resolve("ballast");
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      return ballast;
    }
  }

  /** Lets nothing be written to a folder of the disk; files that are open for writing stay so. */
  void makeReadOnly(Path inside) throws IOException {
    if (!command("mount", "--bind", inside.toString(), inside.toString())
        || !command("mount", "-o", "remount,bind,ro", inside.toString())) {
      throw new IOException("cannot make " + inside + " read-only");
    }
  }

  void makeWritable(Path inside) throws IOException {
    if (!command("umount", inside.toString())) {
      throw new IOException("cannot make " + inside + " writable again");
    }
  }

  @Override
  public void close() throws IOException {
    if (!command("umount", "--lazy", folder.toString())) {
      throw new IOException("cannot unmount " + folder);
    }
  }

  private static boolean command(String... words) throws IOException {
    return new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .onExit()
            .join()
            .exitValue()
        == 0;
  }
}
