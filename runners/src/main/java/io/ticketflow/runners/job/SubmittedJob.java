package io.ticketflow.runners.job;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The content of job.json: the job that works, or last worked, for an output.
 *
 * @param master HOST:PORT of its cluster
 * @param job 32 hexadecimal digits
 * @param submitted when, ISO 8601 in UTC
 */
public record SubmittedJob(String master, String job, String submitted) {
  private static final String FILE = "job.json";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final JsonMapper MAPPER = new JsonMapper();

  public SubmittedJob {
    ClusterAddress.parse(master);
    if (!isId(job)) {
      throw new UserException("a job is 32 hexadecimal digits, got " + job);
    }
    Instant.parse(submitted);
  }

  /** A client of the job's cluster. */
  public ClusterClient cluster() {
    return new ClusterClient(ClusterAddress.parse(master));
  }

  /** The same job under another name of its cluster. */
  public SubmittedJob at(ClusterAddress address) {
    return new SubmittedJob(address.toString(), job, submitted);
  }

  /** Replaces the output's job.json. */
  public void write(BlobStore blobs) throws IOException {
    byte[] json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    blobs.write(
        FILE,
        out -> {
          out.write(json);
          out.write('\n');
        });
  }

  /**
   * The job of an output; empty if none was sent.
   *
   * @throws UserException if job.json is not as Ticketflow writes it
   */
  public static Optional<SubmittedJob> read(BlobStore blobs) throws IOException {
    if (!blobs.exists(FILE)) {
      return Optional.empty();
    }
    try (InputStream in = blobs.open(FILE)) {
      return Optional.of(MAPPER.readValue(in.readAllBytes(), SubmittedJob.class));
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new UserException("job.json of the output is not as Ticketflow writes it: remove it.");
    }
  }

  /** Takes the output's job.json away: what works for it now is no job of a cluster. */
  public static void remove(BlobStore blobs) throws IOException {
    blobs.delete(FILE);
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }
}
