package io.ticketflow.store.remote;

import io.ticketflow.store.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;

/** Beam's options about storage: which there are, and what suits an output. */
public final class StorageOptions implements PipelineOptionsRegistrar {
  static final boolean S3 = isThere("org.apache.beam.sdk.io.aws2.options.S3Options");
  static final boolean GCS = isThere("org.apache.beam.sdk.extensions.gcp.options.GcsOptions");

  /** Of each file that is being written; Beam's own 64 MiB would soon fill a small heap. */
  private static final int UPLOAD_BUFFER_BYTES = 8 << 20;

  /** Ours, and S3's, which Beam knows and does not register. */
  @Override
  public Iterable<Class<? extends PipelineOptions>> getPipelineOptions() {
    return S3 ? List.of(OutputOptions.class, S3Options.class) : List.of(OutputOptions.class);
  }

  /**
   * Values, by option, that hold for places unless the user writes others.
   *
   * @param endpoint whether the user names a server, which is not Amazon's then
   * @param places the output, and what is read or written beside it
   */
  public static Map<String, Object> defaults(boolean endpoint, Location... places) {
    Map<String, Object> defaults = new TreeMap<>();
    defaults.put("ticketflowOutput", places[0].absolute());
    if (S3 && Stream.of(places).anyMatch(place -> place.scheme().equals(Optional.of("s3")))) {
      defaults.put("s3UploadBufferSizeBytes", UPLOAD_BUFFER_BYTES);
      defaults.put("s3ClientFactoryClass", S3Clients.class.getName());
    }
    // Beam prepares S3 for every pipeline, and asks the network for a region that nobody names.
    if (S3 && (endpoint || defaults.size() == 1) && System.getenv("AWS_REGION") == null) {
      defaults.put("awsRegion", "us-east-1");
    }
    return defaults;
  }

  /** Lets outputs that are opened from now on, in this process, follow those options. */
  public static void use(PipelineOptions options) {
    FileSystems.setDefaultPipelineOptions(options);
  }

  private static boolean isThere(String name) {
    try {
      Class.forName(name, false, StorageOptions.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
