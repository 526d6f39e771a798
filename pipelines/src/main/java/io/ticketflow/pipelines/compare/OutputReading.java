package io.ticketflow.pipelines.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketflow.pipelines.experiment.StoredExperiment;
import io.ticketflow.schemas.ArtifactRef;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.schemas.PoolRecord;
import io.ticketflow.schemas.SolutionRecord;
import io.ticketflow.schemas.TicketRecord;
import io.ticketflow.settings.CanonicalJson;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.ArtifactStore;
import io.ticketflow.store.BlobStore;
import io.ticketflow.store.ContainerFiles;
import io.ticketflow.store.DamagedArtifactException;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.DamagedTableException;
import io.ticketflow.store.tables.Table;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads an output to compare it. Every file that a ticket, solution or pool refers to is read once
 * and hashed, though its name is a digest already: only so is a weight found that was changed by
 * hand.
 */
public final class OutputReading {
  private static final String METRICS = "metrics/";

  private final Location output;
  private final BlobStore blobs;
  private final ArtifactStore store;
  private final Map<String, Optional<ArtifactRef>> contents = new HashMap<>();
  private final SortedMap<Part, String> digests = new TreeMap<>();
  private final Map<Part, ArtifactRef> artifacts = new HashMap<>();
  private final Set<Part> altered = new HashSet<>();

  private OutputReading(Location output) {
    this.output = output;
    this.blobs = output.blobs();
    this.store = new ArtifactStore(blobs);
  }

  /**
   * All that an output is compared by.
   *
   * @throws UserException if it is no output
   * @throws IncomparableException naming a record or table that cannot be read
   */
  public static Side of(Location output) throws IOException {
    return new OutputReading(output).read();
  }

  private Side read() throws IOException {
    StoredExperiment experiment = StoredExperiment.of(output);
    each("tickets", TicketRecord.class, this::ticket);
    each("solutions", SolutionRecord.class, this::solution);
    each("pools", PoolRecord.class, this::pool);
    return new Side(
        output.toString(), fingerprint(experiment), Optional.of(output), artifacts, altered);
  }

  private Fingerprint fingerprint(StoredExperiment experiment) throws IOException {
    try {
      List<CycleRow> cycles = Tables.CYCLES.read(output);
      digest(Tables.CYCLES, cycles);
      for (Table<?> table : Tables.ALL) {
        if (table.folder().startsWith(METRICS) && !table.equals(Tables.CYCLES)) {
          digest(table, table.read(output));
        }
      }
      return new Fingerprint(
          Platform.of(experiment.versions(), Tables.COSTS.read(output)),
          brief(experiment.tree()),
          digests,
          Accuracy.of(cycles));
    } catch (DamagedTableException e) {
      throw new IncomparableException(String.valueOf(e.getMessage()));
    }
  }

  /** Without the runs' specifications, which follow from the keys; their data's digests stay. */
  private static ObjectNode brief(ObjectNode experiment) {
    if (experiment.path("resolved") instanceof ObjectNode facts) {
      ArrayNode runs = facts.arrayNode();
      for (JsonNode run : facts.path("runs")) {
        String digest = run.path("spec").path("data").path("digest").asText();
        ObjectNode fact = runs.addObject().put("run", run.path("run").asText());
        fact.putObject("spec").putObject("data").put("digest", digest);
      }
      facts.set("runs", runs);
      facts.remove("versions"); // the platform has them
    }
    return experiment;
  }

  private void ticket(TicketRecord ticket) {
    String run = ticket.getRun();
    artifact(new Part(run, ticket.getCycle(), Part.MASK), ticket.getMask());
    artifact(new Part(run, ticket.getCycle(), Part.WEIGHTS), ticket.getWeights());
  }

  private void solution(SolutionRecord solution) {
    String run = solution.getRun();
    List<ArtifactRef> particles = solution.getParticles();
    for (int i = 0; i < particles.size(); i++) {
      artifact(new Part(run, solution.getCycle(), Part.PARTICLE + i), particles.get(i));
    }
    artifact(new Part(run, solution.getCycle(), Part.SOLUTION), solution.getWeights());
  }

  private void pool(PoolRecord pool) {
    artifact(
        new Part(pool.getRun(), pool.getCycle(), Part.POOL + pool.getKind()), pool.getWeights());
  }

  private void artifact(Part part, ArtifactRef named) {
    Optional<ArtifactRef> content = contents.computeIfAbsent(named.getPath(), this::content);
    content.ifPresent(ref -> artifacts.put(part, ref));
    String digest = content.map(ArtifactRef::getSha256).orElse("missing");
    digests.put(part, digest);
    if (!digest.equals(named.getSha256())) {
      altered.add(part);
    }
  }

  private Optional<ArtifactRef> content(String path) {
    try {
      return Optional.of(store.content(path));
    } catch (DamagedArtifactException e) {
      return Optional.empty();
    }
  }

  /**
   * A digest of the rows of each run and cycle, as text: whoever wrote the file does not matter.
   */
  private void digest(Table<?> table, Collection<? extends SpecificRecord> rows) {
    Map<Part, List<String>> byPart = new HashMap<>();
    for (SpecificRecord row : rows) {
      Part part =
          new Part(
              String.valueOf(value(row, "run")), (Integer) value(row, "cycle"), table.folder());
      byPart.computeIfAbsent(part, any -> new ArrayList<>()).add(row.toString());
    }
    byPart.forEach((part, texts) -> digests.put(part, CanonicalJson.digest(texts)));
  }

  private static Object value(SpecificRecord row, String field) {
    return row.get(row.getSchema().getField(field).pos());
  }

  private <T extends SpecificRecord> void each(String folder, Class<T> type, Consumer<T> use)
      throws IOException {
    for (String path : blobs.list(folder)) {
      use.accept(record(output, path, type));
    }
  }

  /** The one record of a file. */
  static <T extends SpecificRecord> T record(Location output, String path, Class<T> type)
      throws IOException {
    try {
      return ContainerFiles.one(type, output.blobs().open(path));
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IncomparableException(output.file(path) + " is damaged: it holds no record");
    }
  }
}
