package io.ticketflow.storage;

import java.util.List;
import java.util.Map;
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

  /** S3's, which Beam knows and does not register. */
  @Override
  public Iterable<Class<? extends PipelineOptions>> getPipelineOptions() {
    return S3 ? List.of(S3Options.class) : List.of();
  }

  /** Values, by option, that hold unless the user writes others. */
  public static Map<String, Object> defaults() {
    return S3
        ? Map.of(
            "s3UploadBufferSizeBytes",
            UPLOAD_BUFFER_BYTES,
            "s3ClientFactoryClass",
            S3Clients.class.getName())
        : Map.of();
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
