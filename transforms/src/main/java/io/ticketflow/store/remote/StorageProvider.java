package io.ticketflow.store.remote;

import io.ticketflow.spec.UserException;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.BlobStoreProvider;
import io.ticketflow.store.Location;
import java.util.Optional;
import java.util.Set;

/** Opens hdfs, s3 and gs. */
public final class StorageProvider implements BlobStoreProvider {
  private static final Set<String> HADOOP = Set.of("hdfs", "webhdfs", "viewfs");

  @Override
  public Optional<BlobStore> open(Location location) {
    String scheme = location.scheme().orElse("");
    if (HADOOP.contains(scheme)) {
      checkForm(location, "/.*|//[^/]*/.+", "hdfs://host:port/folder");
      return Optional.of(new HadoopBlobs(location.root()));
    }
    return switch (scheme) {
      case "s3" -> {
        check(StorageOptions.S3, location, "beam-sdks-java-io-amazon-web-services2");
        yield Optional.of(objects(location, RunsOwnS3.SCHEME, new S3Failures(bucket(location))));
      }
      case "gs" -> {
        check(StorageOptions.GCS, location, "beam-sdks-java-extensions-google-cloud-platform-core");
        yield Optional.of(objects(location, scheme, new StorageFailures()));
      }
      default -> Optional.empty();
    };
  }

  private static ObjectBlobs objects(Location location, String scheme, StorageFailures failures) {
    checkForm(location, "//[^/]+(/.*)?", location.scheme().orElse("") + "://bucket/prefix");
    OptionsInUse.ensure(location);
    return new ObjectBlobs(location.root(), scheme, failures);
  }

  private static String bucket(Location location) {
    return location.root().replaceFirst("^[^:]*:/+", "").replaceFirst("/.*", "");
  }

  private static void checkForm(Location location, String form, String example) {
    if (!location.root().replaceFirst("^[^:]*:", "").matches(form)) {
      throw UserException.of(
          "The place %s cannot be used: it must be written like %s.", location, example);
    }
  }

  private static void check(boolean there, Location location, String artifact) {
    if (!there) {
      throw UserException.of(
          "The place %s cannot be used: add org.apache.beam:%s to the class path "
              + "(runners/README.md says how).",
          location, artifact);
    }
  }
}
