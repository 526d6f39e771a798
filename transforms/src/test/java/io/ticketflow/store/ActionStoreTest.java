package io.ticketflow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketflow.schemas.ArtifactResult;
import io.ticketflow.schemas.EvaluationResult;
import io.ticketflow.schemas.LayerCount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionStoreTest {
  private static final String KEY = ActionKey.of("prune", 1, Map.of("cycle", 1), List.of("ab"));

  @TempDir Path root;
  private ActionStore actions;

  @BeforeEach
  void openStore() {
    actions = new ActionStore(new LocalBlobs(root));
  }

  private static ArtifactResult result(double seconds) {
    return new ArtifactResult(
        KEY,
        ArtifactRefs.unchecked("artifacts/ab/ab.avro", "ab", 7L),
        List.of(new LayerCount("w", 1L, 2L)),
        seconds);
  }

  private ArtifactResult commit(double seconds) {
    return actions.commit(KEY, Filed.of(result(seconds))).result();
  }

  private Path file() {
    return root.resolve("actions").resolve(KEY.substring(0, 2)).resolve(KEY + ".avro");
  }

  @Test
  void findsWhatWasCommitted() {
    assertThat(actions.find(KEY, ArtifactResult.class)).isEmpty();

    assertThat(commit(1)).isEqualTo(result(1));

    assertThat(actions.find(KEY, ArtifactResult.class)).contains(result(1));
    assertThat(file()).exists();
  }

  @Test
  void theEffortIsBesideTheResultAndDamageThereIsSeenToo() throws IOException {
    Filed<ArtifactResult> made =
        new Filed<>(
            result(1),
            Optional.of(new Effort(1_700_000_000_123L, "node-3/4711", 2, "call run 0 1")),
            Optional.of("[\"prune\",1,{},[]]"));
    assertThat(actions.commit(KEY, made)).isEqualTo(made);
    assertThat(actions.filed(KEY, ArtifactResult.class)).contains(made);
    assertThat(actions.find(KEY, ArtifactResult.class)).contains(result(1));

    byte[] file = Files.readAllBytes(file());
    int name = new String(file, StandardCharsets.ISO_8859_1).indexOf("node-3");
    file[name + 5] = '4';
    Files.write(file(), file);
    assertThat(actions.filed(KEY, ArtifactResult.class)).isEmpty();
  }

  @Test
  void theFirstCommitWins() {
    commit(1);

    assertThat(commit(2)).isEqualTo(result(1));
    assertThat(actions.find(KEY, ArtifactResult.class)).contains(result(1));
  }

  @Test
  void eightThreadsAgreeOnOneWinner() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CyclicBarrier start = new CyclicBarrier(8);
    List<Callable<ArtifactResult>> commits = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      double seconds = i;
      commits.add(
          () -> {
            start.await();
            return commit(seconds);
          });
    }
    Set<ArtifactResult> winners = new HashSet<>();
    try {
      for (Future<ArtifactResult> commit : threads.invokeAll(commits)) {
        winners.add(commit.get());
      }
    } finally {
      threads.shutdown();
    }

    assertThat(winners).hasSize(1);
    assertThat(actions.find(KEY, ArtifactResult.class)).isPresent().get().isIn(winners);
  }

  @Test
  void aDamagedFileCountsAsAbsentAndTheNextCommitReplacesIt() throws Exception {
    commit(1);
    byte[] file = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(file, file.length / 2));

    assertThat(actions.find(KEY, ArtifactResult.class)).isEmpty();
    assertThat(commit(2)).isEqualTo(result(2));
    assertThat(actions.find(KEY, ArtifactResult.class)).contains(result(2));
  }

  @Test
  void noDamagedByteAndNoCutGoesUnseen() throws Exception {
    byte[] good = SealedRecord.seal(ArtifactResult.class, result(1));
    assertThat(SealedRecord.open(ArtifactResult.class, good)).isEqualTo(result(1));
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] = (byte) (bad[at] ^ (1 << (at % 8)));
      assertThatThrownBy(() -> SealedRecord.open(ArtifactResult.class, bad))
          .as("byte %d", at)
          .isInstanceOf(IOException.class);
      byte[] cut = Arrays.copyOf(good, at);
      assertThatThrownBy(() -> SealedRecord.open(ArtifactResult.class, cut))
          .as("%d bytes", at)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aResultOfAnotherTypeCountsAsAbsent() {
    commit(1);

    assertThat(actions.find(KEY, EvaluationResult.class)).isEmpty();
  }

  @Test
  void equalResultsHaveEqualBytesAndAnyAvroReaderReadsThem() throws Exception {
    commit(1);
    new ActionStore(new LocalBlobs(root.resolve("other"))).commit(KEY, Filed.of(result(1)));

    assertThat(root.resolve("other").resolve(root.relativize(file())))
        .hasSameBinaryContentAs(file());
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file().toFile(), new GenericDatumReader<>())) {
      GenericRecord read = reader.next();
      assertThat(read.get("action")).hasToString(KEY);
      assertThat(read.get("seconds")).isEqualTo(1.0);
      assertThat(reader.hasNext()).isFalse();
    }
  }

  @Test
  void refusesWhatIsNoKey() {
    assertThatThrownBy(() -> actions.find("../../etc/passwd", ArtifactResult.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the key");
  }

  @Test
  void aKeyIsADigestOfAllThatDecides() {
    // python3: sha256(b'["prune",1,{"cycle":1},["ab"]]').hexdigest()
    assertThat(KEY).isEqualTo("a79a70203573994ea82eb3e4c9f21b712faceaa70c688a1193cb356810bdd8c1");
    assertThat(ActionKey.of("prune", 2, Map.of("cycle", 1), List.of("ab"))).isNotEqualTo(KEY);
    assertThat(ActionKey.of("train", 1, Map.of("cycle", 1), List.of("ab"))).isNotEqualTo(KEY);
    assertThat(ActionKey.of("prune", 1, Map.of("cycle", 2), List.of("ab"))).isNotEqualTo(KEY);
    assertThat(ActionKey.of("prune", 1, Map.of("cycle", 1), List.of("ac"))).isNotEqualTo(KEY);
    assertThat(ActionKey.of("p", 1, Map.of("b", 1, "a", 2), List.of()))
        .isEqualTo(
            ActionKey.of("p", 1, new java.util.TreeMap<>(Map.of("a", 2, "b", 1)), List.of()));
  }
}
