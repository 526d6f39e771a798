package io.ticketflow.runners.export;

import static java.util.stream.Collectors.joining;

import io.ticketflow.exchange.export.ArtifactNetwork;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.PoolRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;

/**
 * A network that a run has put on file.
 *
 * @param mask where it lies elsewhere than in the weights: a ticket's
 */
public record PublishedNetwork(
    String method,
    String variant,
    long seed,
    int cycle,
    ArtifactRef weights,
    Optional<ArtifactRef> mask) {
  private static final Pattern CYCLE = Pattern.compile("(?:.*/)?((?:.*-)?cycle-)(\\d+)\\.avro");

  /**
   * Finds a network.
   *
   * @param cycle empty for the last that there is
   * @throws UserException listing what there is, if it is not on file
   */
  public static PublishedNetwork of(
      Location output, String run, Optional<Integer> cycle, NetworkChoice choice)
      throws IOException {
    BlobStore blobs = output.blobs();
    String folder = choice.folder() + "/" + run;
    TreeMap<Integer, String> files = new TreeMap<>();
    List<String> all = blobs.list(folder);
    for (String file : all) {
      Matcher name = CYCLE.matcher(file);
      if (name.matches() && name.group(1).equals(choice.prefix())) {
        files.put(Integer.parseInt(name.group(2)), file);
      }
    }
    if (files.isEmpty()) {
      throw none(run, choice, all);
    }
    String file = files.get(cycle.orElse(files.lastKey()));
    if (file == null) {
      throw UserException.of(
          "Run %s has no %s of cycle %s; there are cycles %s.",
          run,
          choice.kind() == NetworkChoice.Kind.TICKET ? "ticket" : "network",
          cycle.orElseThrow(),
          files.keySet().stream().map(String::valueOf).collect(joining(", ")));
    }
    return switch (choice.kind()) {
      case SOLUTION, PARTICLE -> of(read(output, file, SolutionRecord.class), choice);
      case TICKET -> of(read(output, file, TicketRecord.class));
      case POOL -> of(read(output, file, PoolRecord.class));
    };
  }

  /** Its tensors. */
  public ArtifactNetwork open(ArtifactStore store) {
    return mask.isPresent()
        ? ArtifactNetwork.of(store, weights, mask.get())
        : ArtifactNetwork.of(store, weights);
  }

  /** Digests of the artifacts that it lies in, by what they hold. */
  public Map<String, String> digests() {
    Map<String, String> digests = new TreeMap<>(Map.of("sha256.weights", weights.getSha256()));
    mask.ifPresent(ref -> digests.put("sha256.mask", ref.getSha256()));
    return digests;
  }

  private static UserException none(String run, NetworkChoice choice, List<String> files) {
    if (choice.kind() != NetworkChoice.Kind.POOL) {
      return UserException.of("Run %s has nothing on file in %s/ yet.", run, choice.folder());
    }
    String kinds =
        files.stream()
            .map(CYCLE::matcher)
            .filter(Matcher::matches)
            .map(name -> name.group(1).replaceFirst("-cycle-$", ""))
            .distinct()
            .collect(joining(", "));
    return UserException.of(
        "Run %s has no pool %s; %s.",
        run, choice.detail(), kinds.isEmpty() ? "it has none" : "there are " + kinds);
  }

  private static PublishedNetwork of(SolutionRecord solution, NetworkChoice choice) {
    ArtifactRef weights = solution.getWeights();
    if (choice.kind() == NetworkChoice.Kind.PARTICLE) {
      int particle = Integer.parseInt(choice.detail());
      int count = solution.getParticles().size();
      if (particle >= count) {
        throw UserException.of(
            "Cycle %s of run %s has no particle %s; it has %s, from 0 on.",
            solution.getCycle(), solution.getRun(), particle, count);
      }
      weights = solution.getParticles().get(particle);
    }
    return new PublishedNetwork(
        solution.getMethod(),
        solution.getVariant(),
        solution.getSeed(),
        solution.getCycle(),
        weights,
        Optional.empty());
  }

  private static PublishedNetwork of(TicketRecord ticket) {
    return new PublishedNetwork(
        ticket.getMethod(),
        ticket.getVariant(),
        ticket.getSeed(),
        ticket.getCycle(),
        ticket.getWeights(),
        Optional.of(ticket.getMask()));
  }

  private static PublishedNetwork of(PoolRecord pool) {
    return new PublishedNetwork(
        pool.getMethod(),
        pool.getVariant(),
        pool.getSeed(),
        pool.getCycle(),
        pool.getWeights(),
        Optional.empty());
  }

  private static <T extends SpecificRecord> T read(Location output, String file, Class<T> type)
      throws IOException {
    try {
      return ContainerFiles.one(type, output.blobs().open(file));
    } catch (IOException e) {
      throw new IOException(output.file(file) + " is not as Ticketflow wrote it", e);
    }
  }
}
