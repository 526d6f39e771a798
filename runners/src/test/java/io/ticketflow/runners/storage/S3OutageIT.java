package io.ticketflow.runners.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.storage.FlakyServer.Mood;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An S3 server that answers 500, or not at all, for half a minute. */
@Tag("faults")
class S3OutageIT {
  private static final long OUTAGE_SECONDS = 25;

  @Test
  void readsAndWritesGoOnAfterIt() throws Exception {
    byte[] large = new byte[20_000_000];
    new Random(1).nextBytes(large);
    try (S3Server server = S3Server.start();
        FlakyServer front = new FlakyServer(server.endpoint())) {
      Location output = new Location("s3://" + S3Server.BUCKET + "/outage");
      StorageArguments.open(new BeamArguments(List.of("--endpoint=" + front.endpoint())), output);
      BlobStore blobs = output.blobs();
      blobs.write("before", out -> out.write(large));

      try (InputStream reading = blobs.open("before")) {
        byte[] start = reading.readNBytes(1_000_000);
        front.become(Mood.ERRORS);
        CompletableFuture<byte[]> rest = CompletableFuture.supplyAsync(() -> rest(reading));
        CompletableFuture<Void> written =
            CompletableFuture.runAsync(() -> write(blobs, "during", large));
        after(OUTAGE_SECONDS / 2, () -> front.become(Mood.SILENCE));
        after(OUTAGE_SECONDS, () -> front.become(Mood.WELL));

        written.get(2, TimeUnit.MINUTES);
        byte[] all = new byte[large.length];
        System.arraycopy(start, 0, all, 0, start.length);
        byte[] end = rest.get(2, TimeUnit.MINUTES);
        System.arraycopy(end, 0, all, start.length, end.length);
        assertThat(all).isEqualTo(large);
      }
      assertThat(front.refused()).as("requests that failed").isGreaterThan(5);
      assertThat(blobs.list()).containsExactly("before", "during");
      try (InputStream in = blobs.open("during")) {
        assertThat(in.readAllBytes()).isEqualTo(large);
      }
    }
  }

  private static void after(long seconds, Runnable change) {
    CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS).execute(change);
  }

  private static byte[] rest(InputStream in) {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(BlobStore blobs, String path, byte[] content) {
    try {
      blobs.write(path, out -> out.write(content));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
