package io.ticketflow.store.remote;

import java.util.List;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.S3FileSystemConfiguration;
import org.apache.beam.sdk.io.aws2.s3.S3FileSystemSchemeRegistrar;
import org.apache.beam.sdk.options.PipelineOptions;
import software.amazon.awssdk.regions.Region;

/**
 * S3 under a scheme of its own that is there exactly if it follows the options of the run, whatever
 * options Beam's registry was last set up for.
 */
public final class RunsOwnS3 implements S3FileSystemSchemeRegistrar {
  static final String SCHEME = "ticketflow-s3";

  /** Nobody reads or writes under options that are no run's: their region is not worth seconds. */
  static void spareLookup(PipelineOptions options) {
    options.as(AwsOptions.class).setAwsRegion(Region.US_EAST_1);
  }

  @Override
  public Iterable<S3FileSystemConfiguration> fromOptions(PipelineOptions options) {
    return OptionsInUse.ofRun(options)
        .map(
            run ->
                List.of(
                    S3FileSystemConfiguration.builderFrom(run.as(S3Options.class))
                        .setScheme(SCHEME)
                        .build()))
        .orElse(List.of());
  }
}
