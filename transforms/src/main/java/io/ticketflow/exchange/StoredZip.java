package io.ticketflow.exchange;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * A zip file of entries that are not compressed, as NumPy and PyTorch write them. Checksums follow
 * the content, so nothing is read twice. Every entry has the same date, so equal content gives
 * equal bytes.
 */
public final class StoredZip implements Closeable {
  private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipArchiveOutputStream zip;

  /** A new archive. */
  public StoredZip(Path file) throws IOException {
    zip = new ZipArchiveOutputStream(file);
  }

  /**
   * Begins an entry.
   *
   * @param bytes how many will follow
   * @param alignment its content begins at a multiple of this, a power of two up to 2^15
   * @return where they go
   */
  public OutputStream begin(String name, long bytes, int alignment) throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setMethod(ZipArchiveEntry.STORED);
    entry.setSize(bytes);
    entry.setTimeLocal(DATE);
    entry.setAlignment(alignment);
    zip.putArchiveEntry(entry);
    return zip;
  }

  /** Where the bytes of an entry go. */
  OutputStream content() {
    return zip;
  }

  /** Ends the entry. */
  public void end() throws IOException {
    zip.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
