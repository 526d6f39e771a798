package io.ticketflow.store.remote;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.beam.sdk.io.aws2.options.S3ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.DefaultS3ClientBuilderFactory;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Beam's clients of S3 with time-outs that suit retrying, and, where {@code --endpoint} names a
 * server that is not Amazon's, addresses that such servers understand: buckets in the path, any
 * region.
 */
public final class S3Clients implements S3ClientBuilderFactory {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(10);

  @Override
  public S3ClientBuilder createBuilder(S3Options options) {
    S3ClientBuilder builder = new DefaultS3ClientBuilderFactory().createBuilder(options);
    Optional<URI> endpoint = Optional.ofNullable(options.getEndpoint());
    if (endpoint.isPresent()) {
      builder.forcePathStyle(true);
      if (options.getAwsRegion() == null) {
        builder.region(Region.US_EAST_1);
      }
    }
    if (options.getHttpClientConfiguration() == null && options.getProxyConfiguration() == null) {
      builder.httpClientBuilder(
          ApacheHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE));
    }
    return builder;
  }
}
