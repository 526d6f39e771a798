package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.Tensor;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.TensorRecord;
import io.ticketflow.schemas.TensorRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts with masks: packed on storage, named by what they hold. */
class PackedArtifactTest {
  private static final int ENTRIES = 600_000;
  private static final Mask KEPT = byChance(0.05);

  @TempDir Path root;
  private ArtifactStore store;

  @BeforeEach
  void openStore() {
    store = new ArtifactStore(new LocalBlobs(root));
  }

  private static Mask byChance(double density) {
    Random random = new Random(11);
    BitSet bits = new BitSet(ENTRIES);
    for (int i = 0; i < ENTRIES; i++) {
      bits.set(i, random.nextDouble() < density);
    }
    return Mask.of(bits, ENTRIES);
  }

  private ArtifactRef save() {
    return store.save(TestNetworks.drawn(1), new Masks(Map.of("fc.weight", KEPT)));
  }

  private Path file(ArtifactRef ref) {
    return root.resolve(ref.getPath());
  }

  /** The same chunks in an Avro file without a codec, by Avro's writer. */
  private byte[] plain(ArtifactRef ref) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ArtifactReader chunks = store.open(ref);
        DataFileWriter<TensorRecord> writer = new DataFileWriter<>(new SpecificDatumWriter<>())) {
      Path packed = file(ref);
      try (DataFileReader<GenericRecord> header =
          new DataFileReader<>(packed.toFile(), new GenericDatumReader<>())) {
        writer.create(header.getSchema(), out, ContainerFiles.syncMarker(TensorRecord.class));
      }
      while (chunks.hasNext()) {
        writer.append(chunks.next().toRecord());
      }
    }
    return out.toByteArray();
  }

  @Test
  void theDigestIsThatOfThePlainFile() throws Exception {
    ArtifactRef ref = save();

    byte[] plain = plain(ref);

    byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain);
    assertThat(ref.getSha256()).isEqualTo(HexFormat.of().formatHex(digest));
    assertThat(ref.getBytes()).isEqualTo(plain.length);
    assertThat(store.content(ref.getPath())).isEqualTo(old(ref));
    assertThat(Files.size(file(ref))).isLessThan(plain.length);
  }

  @Test
  void aPlainFileOfEarlierVersionsIsTheSameArtifact() throws IOException {
    ArtifactRef ref = save();
    TensorSet network = store.load(ref);
    Files.write(file(ref), plain(ref));

    store.verify(ref);

    assertThat(store.isPresent(ref)).isTrue();
    assertThat(store.load(ref).get("fc.weight").values())
        .isEqualTo(network.get("fc.weight").values());
    assertThat(store.loadMasks(ref).get("fc.weight")).isEqualTo(KEPT);
  }

  @Test
  void everyReaderOfAvroReadsIt() throws IOException {
    ArtifactRef ref = save();
    float[] expected = TestNetworks.drawn(1).get("fc.weight").values();
    try (DataFileReader<GenericRecord> records =
        new DataFileReader<>(file(ref).toFile(), new GenericDatumReader<>())) {
      assertThat(records.getMetaString("avro.codec")).isEqualTo("deflate");
      int entry = 0;
      for (GenericRecord record : records) {
        if (!record.get("name").toString().equals("fc.weight")) {
          continue;
        }
        BitSet mask = BitSet.valueOf((ByteBuffer) record.get("mask"));
        ByteBuffer values = ((ByteBuffer) record.get("values")).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < (Integer) record.get("count"); i++, entry++) {
          assertThat(mask.get(i)).isEqualTo(KEPT.keeps(entry));
          if (mask.get(i)) {
            assertThat(values.getFloat()).isEqualTo(expected[entry]);
          }
        }
        assertThat(values.hasRemaining()).isFalse();
      }
      assertThat(entry).isEqualTo(ENTRIES);
    }
  }

  /** A mask has 0.286 bits an entry then, of 32 that a weight has. */
  @Test
  void masksTakeLittleMoreThanTheirEntropy() throws IOException {
    TensorSet network =
        TensorSet.of(
            List.of(
                new Tensor("w", TensorRole.PRUNABLE, List.of((long) ENTRIES), new float[ENTRIES])));

    ArtifactRef mask = store.saveMasks(network, new Masks(Map.of("w", KEPT))).mask();

    double bits = 8.0 * Files.size(file(mask)) / ENTRIES;
    assertThat(bits).isBetween(0.286, 0.012 * 32);
  }

  @Test
  void networksWithoutMasksAreNotPacked() throws IOException {
    ArtifactRef ref = store.save(TestNetworks.drawn(1), Masks.NONE);

    assertThat(Files.size(file(ref))).isEqualTo(ref.getBytes());
    assertThat(Files.readAllBytes(file(ref))).isEqualTo(plain(ref));
  }

  @Test
  void aFlippedBitIsFoundWhereverItLies() throws IOException {
    ArtifactRef ref = save();
    List<TensorRecord> written = records(ref);
    byte[] whole = Files.readAllBytes(file(ref));
    Random random = new Random(3);
    List<Integer> places = new ArrayList<>(List.of(0, 4, 5, 20, 400, whole.length - 1));
    random.ints(150, 0, whole.length).forEach(places::add);
    random.ints(50, 0, 700).forEach(places::add);
    for (int place : places) {
      byte[] damaged = whole.clone();
      damaged[place] ^= (byte) (1 << random.nextInt(8));
      Files.write(file(ref), damaged);

      assertThatThrownBy(() -> store.verify(ref))
          .as("byte %d", place)
          .isInstanceOf(DamagedArtifactException.class)
          .hasMessageContainingAll(ref.getPath(), ", expected ");
      assertThatThrownBy(() -> store.open(old(ref))).isInstanceOf(DamagedArtifactException.class);
      assertThat(store.isPresent(ref)).isFalse();
      nothingElseIsRead(ref, written);
    }

    assertThat(save()).isEqualTo(ref);
    store.verify(ref);
  }

  private List<TensorRecord> records(ArtifactRef ref) {
    List<TensorRecord> all = new ArrayList<>();
    try (ArtifactReader chunks = store.open(ref)) {
      chunks.forEachRemaining(chunk -> all.add(chunk.toRecord()));
    }
    return all;
  }

  /** A bit of a header's may tell nobody anything. */
  private void nothingElseIsRead(ArtifactRef ref, List<TensorRecord> written) {
    try {
      assertThat(records(ref)).isEqualTo(written);
    } catch (DamagedArtifactException e) {
      assertThat(e).hasMessageContainingAll(ref.getPath(), ", expected ");
    }
  }

  /** As outputs of earlier versions have it. */
  private static ArtifactRef old(ArtifactRef ref) {
    return ArtifactRefs.unchecked(ref.getPath(), ref.getSha256(), ref.getBytes());
  }

  @Test
  void saysWhatAnAlteredOneIsAndIsExpectedToBe() throws IOException {
    ArtifactRef ref = save();
    byte[] bytes = Files.readAllBytes(file(ref));
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(ref), bytes);

    assertThatThrownBy(() -> store.verify(ref))
        .hasMessageMatching(
            "artifact " + ref.getPath() + " has SHA-256 \\w{64}, expected " + ref.getSha256());
  }

  @Test
  void aPieceOfAFileIsNone() throws IOException {
    ArtifactRef ref = save();
    byte[] whole = Files.readAllBytes(file(ref));
    for (int length : new int[] {0, 3, 100, 500, whole.length / 2, whole.length - 1}) {
      Files.write(file(ref), Arrays.copyOf(whole, length));

      assertThat(store.isIntact(ref)).isFalse();
      assertThat(store.isPresent(ref)).isFalse();
    }
  }

  @Test
  void aCopyIsPackedToo() throws IOException {
    ArtifactRef ref = save();
    Path other = root.resolve("other");

    new ArtifactStore(new LocalBlobs(other)).take(ref, store);

    assertThat(other.resolve(ref.getPath())).hasSameBinaryContentAs(file(ref));
  }
}
