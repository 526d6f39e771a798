package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.math.KeyedRandom;
import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TensorRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
  @TempDir Path root;
  private ArtifactStore store;

  @BeforeEach
  void openStore() {
    store = new ArtifactStore(new LocalBlobs(root));
  }

  private static Mask everyThird(int size) {
    BitSet bits = new BitSet(size);
    for (int i = 0; i < size; i += 3) {
      bits.set(i);
    }
    return Mask.of(bits, size);
  }

  @Test
  void readsBackWhatWasStored() {
    TensorSet network = TestNetworks.drawn(1);

    TensorSet read = store.load(store.save(network, Masks.NONE));

    assertThat(read.tensors()).hasSize(4);
    for (Tensor tensor : network.tensors()) {
      Tensor other = read.get(tensor.name());
      assertThat(other.role()).isEqualTo(tensor.role());
      assertThat(other.shape()).isEqualTo(tensor.shape());
      assertThat(other.values()).isEqualTo(tensor.values());
    }
    assertThat(read.tensors())
        .extracting(Tensor::name)
        .startsWith("conv.weight")
        .endsWith("fc.bias");
  }

  @Test
  void storesKeptValuesOnlyAndReadsZeroWherePruned() {
    TensorSet network = TestNetworks.drawn(1);
    Mask mask = everyThird(600_000);

    ArtifactRef dense = store.save(network, Masks.NONE);
    ArtifactRef sparse = store.save(network, new Masks(Map.of("fc.weight", mask)));

    float[] values = store.load(sparse).get("fc.weight").values();
    float[] expected = network.get("fc.weight").values().clone();
    mask.applyTo(expected);
    assertThat(values).isEqualTo(expected);
    assertThat(Float.floatToRawIntBits(values[1])).isZero();
    assertThat(dense.getBytes() - sparse.getBytes())
        .isBetween(4 * 400_000L - 75_000 - 200, 4 * 400_000L - 75_000);
    Masks masks = store.loadMasks(sparse);
    assertThat(masks.byName()).containsOnlyKeys("conv.weight", "fc.weight");
    assertThat(masks.get("fc.weight")).isEqualTo(mask);
    assertThat(masks.get("conv.weight")).isEqualTo(Mask.full(216));
  }

  @Test
  void aMaskOfNothingReadsAsZeros() {
    Mask none = Mask.of(new BitSet(), 216);

    ArtifactRef ref = store.save(TestNetworks.drawn(1), new Masks(Map.of("conv.weight", none)));

    assertThat(store.load(ref).get("conv.weight").values()).containsOnly(0f);
    assertThat(store.loadMasks(ref).get("conv.weight")).isEqualTo(none);
  }

  @Test
  void keepsEveryBitOfAFloat() {
    float[] odd = {-0f, Float.MIN_VALUE, -Float.MAX_VALUE, Float.intBitsToFloat(0x7FC01234)};

    float[] read =
        store.load(store.save(TestNetworks.ofVectors(odd), Masks.NONE)).get("w0").values();

    for (int i = 0; i < odd.length; i++) {
      assertThat(Float.floatToRawIntBits(read[i])).isEqualTo(Float.floatToRawIntBits(odd[i]));
    }
  }

  @Test
  void equalContentHasEqualBytesAndItsDigestAsName() throws Exception {
    ArtifactRef first = store.save(TestNetworks.drawn(7), Masks.NONE);
    ArtifactRef again =
        new ArtifactStore(new LocalBlobs(root.resolve("other")))
            .save(TestNetworks.drawn(7), Masks.NONE);
    ArtifactRef different = store.save(TestNetworks.drawn(8), Masks.NONE);

    assertThat(again).isEqualTo(first);
    assertThat(different.getSha256()).isNotEqualTo(first.getSha256());
    byte[] bytes = Files.readAllBytes(root.resolve(first.getPath()));
    assertThat(bytes).hasSize((int) first.getBytes());
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(first.getSha256()).isEqualTo(sha256);
    assertThat(first.getPath())
        .isEqualTo("artifacts/" + sha256.substring(0, 2) + "/" + sha256 + ".avro");
    assertThat(root.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void namesAMissingArtifact() throws IOException {
    ArtifactRef ref = store.save(TestNetworks.drawn(1), Masks.NONE);
    Files.delete(root.resolve(ref.getPath()));

    assertThatThrownBy(() -> store.load(ref))
        .isInstanceOf(DamagedArtifactException.class)
        .hasMessage("artifact " + ref.getPath() + " is missing");
  }

  @Test
  void namesATruncatedArtifact() throws IOException {
    ArtifactRef ref = store.save(TestNetworks.drawn(1), Masks.NONE);
    Path file = root.resolve(ref.getPath());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));

    assertThatThrownBy(() -> store.load(ref))
        .isInstanceOf(DamagedArtifactException.class)
        .hasMessageContainingAll(
            ref.getPath(), (bytes.length - 1) + " bytes", "expected " + bytes.length);
  }

  @Test
  void namesAnArtifactWithOneFlippedBitAndStoringAgainHealsIt() throws IOException {
    ArtifactRef ref = store.save(TestNetworks.drawn(1), Masks.NONE);
    Path file = root.resolve(ref.getPath());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> store.load(ref))
        .isInstanceOf(DamagedArtifactException.class)
        .hasMessageContainingAll(ref.getPath(), "SHA-256", ref.getSha256());

    assertThat(store.save(TestNetworks.drawn(1), Masks.NONE)).isEqualTo(ref);
    store.verify(ref);
  }

  @Test
  void refusesAMaskThatDoesNotFit() {
    TensorSet network = TestNetworks.drawn(1);

    assertThatThrownBy(() -> store.save(network, new Masks(Map.of("fc.bias", Mask.full(1000)))))
        .hasMessageContaining("fc.bias");
    assertThatThrownBy(() -> store.save(network, new Masks(Map.of("conv.weight", Mask.full(5)))))
        .hasMessageContaining("conv.weight");
    assertThatThrownBy(() -> store.save(network, new Masks(Map.of("absent", Mask.full(5)))))
        .hasMessageContaining("absent");
  }

  @Test
  void refusesChunksThatAreNotWholeTensors() {
    Span first = Span.first("w", TensorRole.PRUNABLE, List.of(600_000L));
    Chunk chunk = Chunk.ofMask(first, Mask.full(first.count()));

    assertThatThrownBy(() -> store.write(writer -> writer.append(chunk)))
        .hasMessageContaining("tensor w ends at entry 262144 of 600000");
    assertThatThrownBy(
            () ->
                store.write(
                    writer -> {
                      writer.append(chunk);
                      writer.append(chunk);
                    }))
        .hasMessageContaining("after entry 262144 of tensor w");
    assertThat(root.resolve("artifacts")).doesNotExist();
    assertThat(root.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void masksWithoutValuesAreNoNetwork() {
    Span span = Span.first("w", TensorRole.PRUNABLE, List.of(5L));
    ArtifactRef ref = store.write(writer -> writer.append(Chunk.ofMask(span, Mask.full(5))));

    assertThat(store.loadMasks(ref).byName()).containsExactly(Map.entry("w", Mask.full(5)));
    assertThatThrownBy(() -> store.load(ref)).hasMessageContainingAll("tensor w", "masks");
  }

  @Test
  void aScalarIsATensorOfOneEntry() {
    float value = KeyedRandom.of(3).nextFloat();
    Tensor scalar = new Tensor("s", TensorRole.DENSE, List.of(), new float[] {value});

    Tensor read = store.load(store.save(TensorSet.of(List.of(scalar)), Masks.NONE)).get("s");

    assertThat(read.shape()).isEmpty();
    assertThat(read.values()).containsExactly(value);
  }
}
