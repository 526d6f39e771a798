package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.schemas.ArtifactResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileFormTest {
  static Stream<SpecificRecord> sealed() {
    return GoldenRecords.sealed().stream();
  }

  @ParameterizedTest
  @MethodSource("sealed")
  void anOwnFileIsReadAsAvrosOwnReaderReadsIt(SpecificRecord record) throws IOException {
    readsLikeAvro(record.getClass(), record);
  }

  private static <T extends SpecificRecord> void readsLikeAvro(Class<T> type, SpecificRecord record)
      throws IOException {
    T value = type.cast(record);
    Filed<T> made = new Filed<>(value, Optional.empty(), Optional.of("a=1, b=ü"));
    byte[] file = SealedRecord.seal(type, made);

    Optional<Filed<T>> read = FileForm.of(type).read(type, file);

    assertThat(read.orElseThrow().parts()).contains("a=1, b=ü");
    assertThat(read.orElseThrow().result()).isEqualTo(value);
    try (DataFileStream<T> avro =
        new DataFileStream<>(new ByteArrayInputStream(file), new SpecificDatumReader<>(type))) {
      assertThat(read.orElseThrow().result()).isEqualTo(avro.next());
    }
  }

  @Test
  void aFileOfAnotherSchemaOrPackedIsLeftToAvro() throws IOException {
    ArtifactResult result =
        GoldenRecords.sealed().stream()
            .filter(ArtifactResult.class::isInstance)
            .map(ArtifactResult.class::cast)
            .findFirst()
            .orElseThrow();
    FileForm form = FileForm.of(ArtifactResult.class);
    // Generated: its strings are marked as Java's, which the canonical form leaves out.
    byte[] other = file(result, result.getSchema(), false);
    byte[] packed = file(result, form.schema(), true);

    assertThat(form.read(ArtifactResult.class, other)).isEmpty();
    assertThat(form.read(ArtifactResult.class, packed)).isEmpty();
  }

  private static byte[] file(ArtifactResult result, Schema schema, boolean packed)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<ArtifactResult> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(schema))) {
      if (packed) {
        writer.setCodec(CodecFactory.deflateCodec(6));
      }
      writer.create(schema, out);
      writer.append(result);
    }
    return out.toByteArray();
  }
}
