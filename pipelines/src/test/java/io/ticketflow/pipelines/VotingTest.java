package io.ticketflow.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.math.Mask;
import io.ticketflow.network.Masks;
import io.ticketflow.network.TensorSet;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Particles decide the next mask together, against sorted lists and sets. */
class VotingTest {
  private static final int PARTICLES = 3;

  @TempDir Path folder;

  /** An entry of a tensor. */
  private record Entry(int tensor, int index) {}

  @ParameterizedTest
  @ValueSource(strings = {"union", "intersection", "majority"})
  void theNextMaskIsTheVotesMadeExactByTheMean(String voting) throws IOException {
    Path output = folder.resolve("output");
    String method = "methods: [{method: swamp, particles: 3, pruning: {voting: " + voting + "}}]\n";
    Experiments.run(output, Experiments.records(folder, method + Experiments.SHORT));
    ArtifactStore artifacts = new Workplace(output.toString()).artifacts();
    for (int cycle = 0; cycle < 2; cycle++) {
      SolutionRecord solution = read(output, "solutions", cycle, SolutionRecord.class);
      Masks left =
          artifacts.loadMasks(read(output, "tickets", cycle, TicketRecord.class).getMask());
      TicketRecord next = read(output, "tickets", cycle + 1, TicketRecord.class);
      int kept = (int) next.getKept();
      List<String> tensors = List.copyOf(left.tensors());
      List<Set<Entry>> own = new ArrayList<>();
      for (var particle : solution.getParticles()) {
        List<Entry> sorted = sorted(artifacts.load(particle), left, tensors);
        own.add(new HashSet<>(sorted.subList(0, kept)));
      }
      assertThat(own).hasSize(PARTICLES);
      List<Entry> byMean = sorted(artifacts.load(solution.getWeights()), left, tensors);
      List<Entry> first = new ArrayList<>();
      List<Entry> rest = new ArrayList<>();
      for (Entry entry : byMean) {
        long votes = own.stream().filter(set -> set.contains(entry)).count();
        (isChosen(voting, votes) ? first : rest).add(entry);
      }
      first.addAll(rest);

      Masks found = artifacts.loadMasks(next.getMask());
      assertThat(found.kept()).isEqualTo(kept);
      assertThat(first.subList(0, kept)).allMatch(entry -> keeps(found, tensors, entry));
    }
  }

  private static boolean isChosen(String voting, long votes) {
    return switch (voting) {
      case "union" -> votes > 0;
      case "intersection" -> votes == PARTICLES;
      default -> votes >= 2;
    };
  }

  /** The entries that are left, largest first, ties in the order of tensors and indices. */
  private static List<Entry> sorted(TensorSet network, Masks left, List<String> tensors) {
    List<Entry> entries = new ArrayList<>();
    for (int tensor = 0; tensor < tensors.size(); tensor++) {
      for (int i = 0; i < network.get(tensors.get(tensor)).values().length; i++) {
        if (keeps(left, tensors, new Entry(tensor, i))) {
          entries.add(new Entry(tensor, i));
        }
      }
    }
    entries.sort(
        Comparator.comparing(
            entry -> -Math.abs(network.get(tensors.get(entry.tensor)).values()[entry.index])));
    return entries;
  }

  private static boolean keeps(Masks masks, List<String> tensors, Entry entry) {
    Mask mask = Objects.requireNonNull(masks.byName().get(tensors.get(entry.tensor)));
    return mask.keeps(entry.index);
  }

  private static <T extends SpecificRecord> T read(
      Path output, String kind, int cycle, Class<T> type) throws IOException {
    Path file = output.resolve(kind).resolve("swamp-seed1").resolve("cycle-0" + cycle + ".avro");
    try (InputStream in = Files.newInputStream(file)) {
      return ContainerFiles.one(type, in);
    }
  }
}
