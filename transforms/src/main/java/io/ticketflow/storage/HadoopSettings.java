package io.ticketflow.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.hdfs.HadoopFileSystemOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.hadoop.conf.Configuration;

/**
 * Hadoop's configuration as Beam's options have it: from {@code --hdfsConfiguration}, else from the
 * files in HADOOP_CONF_DIR of the machine that submits. Beam shows its options to every registrar,
 * on workers too; this one registers nothing.
 */
public final class HadoopSettings implements FileSystemRegistrar {
  private static volatile Optional<Configuration> shown = Optional.empty();

  @Override
  public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
    shown = Optional.of(of(options));
    return List.of();
  }

  /** What holds in this process. */
  static Configuration current() {
    return shown.orElseGet(() -> of(PipelineOptionsFactory.create()));
  }

  private static Configuration of(PipelineOptions options) {
    Configuration configuration = new Configuration();
    List<Configuration> given = options.as(HadoopFileSystemOptions.class).getHdfsConfiguration();
    for (Configuration one : given == null ? List.<Configuration>of() : given) {
      for (Map.Entry<String, String> entry : one) {
        configuration.set(entry.getKey(), entry.getValue());
      }
    }
    return configuration;
  }
}
