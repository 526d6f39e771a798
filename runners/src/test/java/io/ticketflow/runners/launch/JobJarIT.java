package io.ticketflow.runners.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the jar that is sent to clusters, and what is not. */
class JobJarIT {
  private ZipFile jar;

  @BeforeEach
  void open() throws IOException {
    jar = new ZipFile(Path.of(System.getProperty("ticketflow.job.jar")).toFile());
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  /** What a cluster has in its lib/, and what a second copy of would break or shadow. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/apache/flink/",
        "ai/djl/",
        "jnilib/",
        "pytorch/",
        "org/slf4j/",
        "org/apache/logging/",
        "org/apache/commons/logging/",
        "com/esotericsoftware/kryo/",
        "log4j2.xml",
        "picocli/",
        "module-info.class"
      })
  void leavesOutWhatAClusterHas(String prefix) {
    assertThat(jar.stream().map(ZipEntry::getName)).noneMatch(name -> name.startsWith(prefix));
  }

  @Test
  void hasNoSignaturesOfJarsThatItIsNot() {
    assertThat(jar.stream().map(ZipEntry::getName))
        .noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA|EC)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io/ticketflow/pipelines/TicketPipeline.class",
        "io/ticketflow/beam/TrainParticles.class",
        "io/ticketflow/schemas/TicketRecord.class",
        "org/apache/beam/runners/flink/FlinkRunner.class",
        "org/apache/avro/Schema.class",
        "net/bytebuddy/ByteBuddy.class",
        "org/apache/parquet/avro/AvroParquetWriter.class",
        "org/apache/hadoop/conf/Configuration.class"
      })
  void hasWhatAClusterLacks(String entry) {
    assertThat(jar.getEntry(entry)).isNotNull();
  }

  /** Services of one name from several jars, all of them. */
  @ParameterizedTest
  @CsvSource({
    "org.apache.beam.sdk.options.PipelineOptionsRegistrar, DefaultPipelineOptionsRegistrar",
    "org.apache.beam.sdk.options.PipelineOptionsRegistrar, FlinkRunnerRegistrar$Options",
    "org.apache.beam.sdk.runners.PipelineRunnerRegistrar, FlinkRunnerRegistrar$Runner",
    "org.apache.beam.sdk.io.FileSystemRegistrar, LocalFileSystemRegistrar",
    "org.apache.beam.sdk.util.construction.CoderTranslatorRegistrar, ModelCoderRegistrar",
    "org.apache.beam.sdk.util.construction.CoderTranslatorRegistrar, AvroGenericCoderRegistrar"
  })
  void mergesServices(String service, String provider) throws IOException {
    ZipEntry entry = jar.getEntry("META-INF/services/" + service);
    assertThat(entry).isNotNull();
    List<String> providers =
        new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(providers).anyMatch(line -> line.endsWith("." + provider));
  }
}
