package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.math.Sha256;
import io.ticketflow.network.Masks;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TensorRecord;
import io.ticketflow.schemas.TensorRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose digest is right and whose content is not. */
class ArtifactReaderTest {
  private static final int FULL = Span.ENTRIES;

  @TempDir Path root;
  private BlobStore blobs;
  private ArtifactStore store;

  @BeforeEach
  void openStore() {
    blobs = new LocalBlobs(root);
    store = new ArtifactStore(blobs);
  }

  private static TensorRecord chunk(List<Long> shape, long offset, int count, int valueBytes) {
    return masked("w", shape, offset, count, -1, valueBytes);
  }

  private static TensorRecord masked(
      String name, List<Long> shape, long offset, int count, int maskBytes, int valueBytes) {
    ByteBuffer mask = maskBytes < 0 ? null : ByteBuffer.allocate(maskBytes);
    return new TensorRecord(
        name, TensorRole.PRUNABLE, shape, offset, count, mask, ByteBuffer.allocate(valueBytes));
  }

  private ArtifactRef file(byte[] bytes) throws IOException {
    blobs.write("artifacts/x.avro", out -> out.write(bytes));
    String sha256 = Sha256.hex(Sha256.digest().digest(bytes));
    return ArtifactRefs.unchecked("artifacts/x.avro", sha256, (long) bytes.length);
  }

  private void assertRefused(String why, TensorRecord... chunks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContainerFiles.write(TensorRecord.class, List.of(chunks), out);
    ArtifactRef ref = file(out.toByteArray());
    assertThatThrownBy(() -> store.load(ref))
        .isInstanceOf(DamagedArtifactException.class)
        .hasMessageContainingAll("artifacts/x.avro", "tensor w", why);
    assertThatThrownBy(() -> store.loadMasks(ref)).isInstanceOf(DamagedArtifactException.class);
  }

  @Test
  void refusesValuesThatAreNotFourBytesPerKeptEntry() throws IOException {
    assertRefused("no multiple of 4", chunk(List.of(3L), 0, 3, 11));
    assertRefused("2 values for 3 kept", chunk(List.of(3L), 0, 3, 8));
    assertRefused("1 values for 0 kept", masked("w", List.of(3L), 0, 3, 1, 4));
  }

  @Test
  void refusesMasksOfAnotherLength() throws IOException {
    assertRefused("3 entries takes 1 bytes, got 2", masked("w", List.of(3L), 0, 3, 2, 0));
  }

  @Test
  void refusesShapesThatAreNoArray() throws IOException {
    assertRefused("[65536, 65536]", chunk(List.of(65536L, 65536L), 0, FULL, 0));
    assertRefused("[0]", chunk(List.of(0L), 0, 0, 0));
    assertRefused("[-3]", chunk(List.of(-3L), 0, 3, 12));
    assertRefused("9223372036854775807", chunk(List.of(2L, Long.MAX_VALUE), 0, 3, 12));
  }

  @Test
  void refusesOffsetsAndCountsThatAreNoCutting() throws IOException {
    assertRefused("2 entries at 0", chunk(List.of(3L), 0, 2, 8));
    assertRefused("3 entries at 1", chunk(List.of(4L), 1, 3, 12));
    assertRefused("no chunk", chunk(List.of(4L), 1L << 32, 4, 16));
    assertRefused("begins at entry 262144", chunk(List.of(FULL + 1L), FULL, 1, 4));
  }

  @Test
  void refusesTensorsThatAreNotWholeAndOnce() throws IOException {
    TensorRecord head = chunk(List.of(FULL + 1L), 0, FULL, 4 * FULL);
    TensorRecord other = masked("v", List.of(1L), 0, 1, -1, 4);
    TensorRecord maskedTail = masked("w", List.of(FULL + 1L), FULL, 1, 1, 0);
    assertRefused("ends at entry 262144 of 262145", head);
    assertRefused("comes v", head, other);
    assertRefused("some of its chunks only", head, maskedTail);
    TensorRecord whole = chunk(List.of(1L), 0, 1, 4);
    assertRefused("occurs twice", whole, whole);
  }

  @Test
  void refusesWhatIsNoAvroFile() throws IOException {
    ArtifactRef ref = file(new byte[100]);

    assertThatThrownBy(() -> store.load(ref))
        .isInstanceOf(DamagedArtifactException.class)
        .hasMessageContaining("artifacts/x.avro");
  }

  @Test
  void readsChunksLazilyAndEnds() {
    ArtifactRef ref = store.save(TestNetworks.drawn(1), Masks.NONE);
    try (ArtifactReader reader = store.open(ref)) {
      int chunks = 0;
      while (reader.hasNext()) {
        reader.next();
        chunks++;
      }
      assertThat(chunks).isEqualTo(1 + 1 + 3 + 1);
      assertThatThrownBy(reader::next).isInstanceOf(java.util.NoSuchElementException.class);
    }
  }
}
