package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.store.packed.PlainForm;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reference says of an artifact's pieces, and what readers make of it. */
class PieceChecksTest {
  private static final int PIECE = 1 << 18;

  @TempDir Path root;
  private ArtifactStore store;

  @BeforeEach
  void openStore() {
    store = new ArtifactStore(new LocalBlobs(root));
  }

  /** Of three chunks and more, in ten pieces. */
  private ArtifactRef save() {
    return store.save(TestNetworks.drawn(1), Masks.NONE);
  }

  private Path file(ArtifactRef ref) {
    return root.resolve(ref.getPath());
  }

  private static ArtifactRef old(ArtifactRef ref) {
    return ArtifactRefs.unchecked(ref.getPath(), ref.getSha256(), ref.getBytes());
  }

  /** Bit by bit, as RFC 3720 has it, appendix B.4: 32 zeros give 8A9136AA. */
  private static int crc32c(byte[] bytes, int from, int to) {
    int crc = -1;
    for (int i = from; i < to; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ (0x82F63B78 & -(crc & 1));
      }
    }
    return ~crc;
  }

  private static void assertChecks(ArtifactRef ref, byte[] plain) {
    ByteBuffer checks = ref.getChecks().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < plain.length; at += PIECE) {
      assertThat(checks.getInt()).isEqualTo(crc32c(plain, at, Math.min(plain.length, at + PIECE)));
    }
    assertThat(checks.hasRemaining()).isFalse();
  }

  @Test
  void areCrc32cOfEachQuarterOfAMebibyte() throws IOException {
    assertThat(crc32c(new byte[32], 0, 32)).isEqualTo(0x8A9136AA);
    ArtifactRef ref = save();

    byte[] plain = Files.readAllBytes(file(ref));
    assertThat(plain).hasSizeBetween(9 * PIECE, 10 * PIECE);
    assertChecks(ref, plain);
  }

  @Test
  void ofAPackedFileAreThoseOfItsPlainForm() throws IOException {
    BitSet bits = new BitSet();
    bits.set(0, 600_000);
    bits.clear(17);
    Masks masks = new Masks(Map.of("fc.weight", Mask.of(bits, 600_000)));
    ArtifactRef ref = store.save(TestNetworks.drawn(1), masks);

    assertThat(Files.size(file(ref))).isNotEqualTo(ref.getBytes());
    assertChecks(ref, PlainForm.of(Files.newInputStream(file(ref))).readAllBytes());
    assertThat(store.load(ref).get("fc.weight").values()[17]).isZero();
  }

  @Test
  void noChunkIsHandedOutThatDiffers() throws IOException {
    ArtifactRef ref = save();
    byte[] bytes = Files.readAllBytes(file(ref));
    bytes[bytes.length - 100] ^= 4;
    Files.write(file(ref), bytes);

    try (ArtifactReader reader = store.open(ref)) {
      assertThat(reader.next().span().tensor()).isEqualTo("conv.weight");
      assertThatThrownBy(() -> reader.forEachRemaining(chunk -> {}))
          .isInstanceOf(DamagedArtifactException.class)
          .hasMessageContainingAll(ref.getPath(), "SHA-256", ref.getSha256());
    }
    assertThatThrownBy(() -> store.open(old(ref)))
        .isInstanceOf(DamagedArtifactException.class)
        .hasMessageContainingAll("SHA-256", ref.getSha256());
  }

  @Test
  void aFileThatEndsWithAPieceOrGoesOnIsFound() throws IOException {
    ArtifactRef ref = save();
    byte[] bytes = Files.readAllBytes(file(ref));
    for (int length : new int[] {0, PIECE, 2 * PIECE, bytes.length - 1, bytes.length + 1}) {
      Files.write(file(ref), Arrays.copyOf(bytes, length));

      assertThatThrownBy(() -> store.load(ref))
          .isInstanceOf(DamagedArtifactException.class)
          .hasMessageContainingAll(ref.getPath(), length + " bytes", "expected " + bytes.length);
    }
  }

  @Test
  void aFileIsReadOnceIfItIsIntactAndTwiceByAReferenceOfAnOlderOutput() {
    ArtifactRef ref = save();
    List<Object> opened = new ArrayList<>();
    BlobStore files = new LocalBlobs(root);
    BlobStore counted =
        (BlobStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BlobStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("open")) {
                    opened.add(arguments[0]);
                  }
                  return method.invoke(files, arguments);
                });

    new ArtifactStore(counted).load(ref);
    assertThat(opened).containsExactly(ref.getPath());

    opened.clear();
    new ArtifactStore(counted).load(old(ref));
    assertThat(opened).containsExactly(ref.getPath(), ref.getPath());
  }
}
