package io.ticketflow.runners.output;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.store.BlobStore;
import io.ticketflow.work.ThisProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The content of a lock: who holds it, and when that was last said.
 *
 * @param holder differs between any two processes
 * @param renewed milliseconds since 1970
 */
record LockText(String holder, String user, String host, long pid, long renewed) {
  private static final JsonMapper MAPPER = new JsonMapper();

  static LockText ofThisProcess() {
    return new LockText(
        UUID.randomUUID().toString(),
        System.getProperty("user.name", "?"),
        ThisProcess.host(),
        ThisProcess.number(),
        System.currentTimeMillis());
  }

  /** The lock that is there; one that nobody can read is nobody's. */
  static Optional<LockText> read(BlobStore blobs) throws IOException {
    try (InputStream in = blobs.open(OutputFolder.LOCK)) {
      return Optional.of(MAPPER.readValue(in.readAllBytes(), LockText.class));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** Whether there was no lock, and this one is there now. */
  boolean create(BlobStore blobs) throws IOException {
    byte[] json = MAPPER.writeValueAsBytes(this);
    return blobs.create(OutputFolder.LOCK, out -> out.write(json));
  }

  void write(BlobStore blobs, Instant now) throws IOException {
    byte[] json =
        MAPPER.writeValueAsBytes(new LockText(holder, user, host, pid, now.toEpochMilli()));
    blobs.write(OutputFolder.LOCK, out -> out.write(json));
  }

  boolean isSameHolder(LockText other) {
    return holder.equals(other.holder);
  }

  Duration age(Instant now) {
    return Duration.between(Instant.ofEpochMilli(renewed), now);
  }

  String who() {
    return user + " on " + host + ", process " + pid;
  }
}
