package io.ticketflow.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.hdfs.HadoopFileSystemOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.hadoop.conf.Configuration;

/**
 * The options that outputs are opened under in this process. Beam shows every registrar the options
 * that it sets file systems up for, on workers too; this one registers nothing and remembers those
 * of the run.
 *
 * <p>Beam's registry is one for the whole process, and parts of its Flink runner set it up anew for
 * options of their own, which know no endpoint: {@link #restore} undoes that.
 */
public final class OptionsInUse implements FileSystemRegistrar {
  private static volatile Optional<PipelineOptions> run = Optional.empty();
  private static volatile boolean isRunsOwn;

  @Override
  public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
    isRunsOwn = !options.as(OutputOptions.class).getTicketflowOutput().isEmpty();
    if (isRunsOwn) {
      run = Optional.of(options);
    }
    return List.of();
  }

  /** Whether Beam's file systems had been set up for others than the run's options. */
  static boolean restore() {
    if (isRunsOwn) {
      return false;
    }
    if (run.isEmpty()) {
      FileSystems.registerFileSystemsOnce(PipelineOptionsFactory.create());
      return false;
    }
    FileSystems.setDefaultPipelineOptions(run.get());
    return true;
  }

  /**
   * Hadoop's configuration: from {@code --hdfsConfiguration}, else from the files in
   * HADOOP_CONF_DIR of the machine that submits.
   */
  static Configuration hadoop() {
    Configuration configuration = new Configuration();
    List<Configuration> given =
        run.orElseGet(PipelineOptionsFactory::create)
            .as(HadoopFileSystemOptions.class)
            .getHdfsConfiguration();
    for (Configuration one : given == null ? List.<Configuration>of() : given) {
      for (Map.Entry<String, String> entry : one) {
        configuration.set(entry.getKey(), entry.getValue());
      }
    }
    return configuration;
  }
}
