package io.ticketflow.runners.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.Blobs;
import io.ticketflow.store.Location;
import io.ticketflow.store.remote.StorageOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class S3ContractTest extends BlobStoreContract {
  private static final String BUCKET = S3Server.BUCKET;
  private static S3Server server;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start();
    StorageOptions.use(options());
  }

  private static PipelineOptions options() {
    return StorageArguments.open(
            new BeamArguments(List.of("--endpoint=" + server.endpoint())),
            new Location("s3://" + BUCKET))
        .options();
  }

  @AfterEach
  void signInAgain() {
    S3Server.signIn();
    StorageOptions.use(options());
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  String freshRoot() {
    return "s3://" + BUCKET + "/outputs/" + UUID.randomUUID();
  }

  @Override
  boolean tellsOneWinner() {
    return false; // S3 through Beam has no conditional put
  }

  @Test
  void theRootMayBeTheBucket() throws IOException {
    BlobStore whole = Blobs.at("s3://" + BUCKET);
    whole.write("at-the-top/x", out -> out.write("x".getBytes(UTF_8)));
    assertThat(whole.list("at-the-top")).containsExactly("at-the-top/x");
    whole.delete("at-the-top/x");
  }

  @Test
  void staysReachableWhenBeamSetsItsFileSystemsUpForOtherOptions() throws IOException {
    BlobStore blobs = Blobs.at(freshRoot());
    blobs.write("a", out -> out.write(1));
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    assertThat(blobs.exists("a")).isTrue();
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    assertThat(Blobs.at("s3://" + BUCKET).list("outputs")).isNotEmpty();
  }

  @Test
  void badCredentialsFailAtOnceAndNameTheBucket() {
    for (String[] wrong : new String[][] {{"AKIDTEST", "wrong"}, {"nobody", "not-a-secret"}}) {
      S3Server.signIn(wrong[0], wrong[1]);
      StorageOptions.use(options());
      BlobStore blobs = Blobs.at(freshRoot());
      Instant start = Instant.now();
      assertThatThrownBy(() -> blobs.write("a", out -> out.write(1)))
          .isInstanceOf(IOException.class)
          .hasMessageMatching(
              "cannot write s3://tickets/outputs/.*/a: the server refuses these credentials for"
                  + " bucket tickets \\(403 (SignatureDoesNotMatch|InvalidAccessKeyId)\\)");
      assertThatThrownBy(() -> blobs.exists("a"))
          .hasMessageContaining("the server refuses these credentials for bucket tickets (403");
      assertThatThrownBy(blobs::list).hasMessageStartingWith("cannot list s3://tickets/");
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void aMissingBucketFailsAtOnceAndIsNamed() {
    BlobStore blobs = Blobs.at("s3://nowhere/x");
    Instant start = Instant.now();
    assertThatThrownBy(() -> blobs.write("a", out -> out.write(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot write s3://nowhere/x/a: there is no bucket nowhere");
    assertThatThrownBy(blobs::list)
        .hasMessage("cannot list s3://nowhere/x: there is no bucket nowhere");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }
}
