package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.math.Sha256;
import io.ticketflow.schemas.LayerCount;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.file.DataFileStream;
import org.junit.jupiter.api.Test;

class ContainerFilesTest {
  private static final List<LayerCount> ROWS =
      List.of(new LayerCount("a", 1L, 2L), new LayerCount("b", 3L, 4L));

  private static byte[] bytes(List<LayerCount> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContainerFiles.write(LayerCount.class, rows, out);
    return out.toByteArray();
  }

  @Test
  void equalRecordsHaveEqualBytes() throws IOException {
    assertThat(bytes(ROWS)).isEqualTo(bytes(List.copyOf(ROWS)));
    assertThat(bytes(ROWS)).isNotEqualTo(bytes(List.of(ROWS.get(0))));
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    try (DataFileStream<LayerCount> reader =
        ContainerFiles.reader(LayerCount.class, new ByteArrayInputStream(bytes(ROWS)))) {
      assertThat(List.of(reader.next(), reader.next())).isEqualTo(ROWS);
      assertThat(reader.hasNext()).isFalse();
    }
  }

  @Test
  void theMarkerIsTheStartOfTheSchemasDigest() throws Exception {
    byte[] file = bytes(ROWS);
    // The schema in Avro's canonical form, spelled out.
    String canonical =
        "{\"name\":\"io.ticketflow.schemas.LayerCount\",\"type\":\"record\",\"fields\":["
            + "{\"name\":\"tensor\",\"type\":\"string\"},{\"name\":\"kept\",\"type\":\"long\"},"
            + "{\"name\":\"total\",\"type\":\"long\"}]}";
    byte[] marker = Arrays.copyOfRange(file, file.length - 16, file.length);

    assertThat(ContainerFiles.syncMarker(LayerCount.class)).isEqualTo(marker);
    assertThat(Arrays.copyOf(Sha256.of(canonical), 16)).isEqualTo(marker);
  }
}
