package io.ticketflow.store.remote;

import io.ticketflow.store.Location;
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
 * <p>Beam's registry is one for the whole process, and every source of its Flink runner sets it up
 * anew for default options, which know no endpoint and no configuration.
 */
public final class OptionsInUse implements FileSystemRegistrar {
  private static volatile Optional<PipelineOptions> run = Optional.empty();

  /** Made once for the options that it is of: it takes a tenth of a second. */
  private record Hadoop(Optional<PipelineOptions> of, Configuration configuration) {}

  private static volatile Optional<Hadoop> hadoop = Optional.empty();

  @Override
  public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
    boolean runs = ofRun(options).equals(Optional.of(options));
    if (StorageOptions.S3 && !runs) {
      RunsOwnS3.spareLookup(options);
    }
    return List.of();
  }

  /** These options if they are a run's, else the ones that were a run's last. */
  static Optional<PipelineOptions> ofRun(PipelineOptions shown) {
    if (!shown.as(OutputOptions.class).getTicketflowOutput().isEmpty()) {
      run = Optional.of(shown);
    }
    return run;
  }

  /** Where nobody has named options, the defaults for that output hold from now on. */
  static synchronized void ensure(Location output) {
    if (run.isEmpty()) {
      String[] defaults =
          StorageOptions.defaults(false, output).entrySet().stream()
              .map(option -> "--" + option.getKey() + "=" + option.getValue())
              .toArray(String[]::new);
      FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.fromArgs(defaults).create());
    }
  }

  /** Sets Beam's file systems up once more, after two threads have done so at once. */
  static synchronized void again() {
    if (run.isPresent()) {
      OutputOptions options = run.get().as(OutputOptions.class);
      // Beam does nothing for a revision that it has seen.
      options.setTicketflowOutput(options.getTicketflowOutput());
      FileSystems.setDefaultPipelineOptions(options);
    }
  }

  /**
   * Hadoop's configuration: from {@code --hdfsConfiguration}, else from the files in
   * HADOOP_CONF_DIR of the machine that submits.
   */
  static synchronized Configuration hadoop() {
    Optional<PipelineOptions> options = run;
    Hadoop known =
        hadoop
            .filter(made -> made.of().equals(options))
            .orElseGet(() -> new Hadoop(options, configuration(options)));
    hadoop = Optional.of(known);
    return known.configuration();
  }

  private static Configuration configuration(Optional<PipelineOptions> options) {
    Configuration configuration = new Configuration();
    List<Configuration> given =
        options
            .orElseGet(PipelineOptionsFactory::create)
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
