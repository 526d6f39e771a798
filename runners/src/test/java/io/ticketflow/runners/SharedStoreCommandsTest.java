package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments that share what is trained by a store: one, its like, and one of a cycle more. */
class SharedStoreCommandsTest {
  private static final String LONGER = "pruning.cycles=2";

  @TempDir static Path temp;
  private static Path file;
  private static Path store;
  private static Path first;
  private static Path second;
  private static Path longer;

  @BeforeAll
  static void three() throws IOException {
    file = Files.writeString(temp.resolve("tiny.yaml"), Program.TINY);
    store = temp.resolve("store");
    first = temp.resolve("first");
    second = temp.resolve("second");
    longer = temp.resolve("longer");
    assertThat(said(0, "run", first)).contains(": 2 networks trained, 0 reused.");
    assertThat(said(0, "plan", second))
        .containsPattern("particle +in store")
        .containsPattern("actions in the store +\\d+, of which 2 are trainings")
        .contains("epochs still to run            0", "nothing to train");
    assertThat(second).doesNotExist();
    assertThat(said(0, "run", second)).contains(": 0 networks trained, 2 reused.");
    assertThat(said(0, "plan", longer, LONGER)).contains("epochs still to run            1");
    assertThat(said(0, "run", longer, LONGER)).contains(": 1 network trained, 2 reused.");
  }

  /** What a command on the experiment says; where it fails, a sentence and a hint. */
  private static String said(int code, String command, Path output, String... more) {
    return said(code, command, output, store, more);
  }

  private static String said(int code, String command, Path output, Path shared, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(command, file.toString(), "--output=" + output, "--store=" + shared));
    arguments.addAll(Arrays.asList(more));
    return told(code, arguments.toArray(String[]::new));
  }

  private static String told(int code, String... arguments) {
    Program.Said said = Program.call(arguments);
    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(code);
    assertThat(code == 0 || said.err().lines().count() < 3).as(said.err()).isTrue();
    return code == 0 ? said.out() : said.err();
  }

  private static Map<String, byte[]> files(Path folder, String... under) throws IOException {
    Map<String, byte[]> all = new TreeMap<>(CommandFixture.files(folder));
    all.keySet().removeIf(path -> !List.of(under).contains(path.replaceFirst("/.*", "")));
    assertThat(all).isNotEmpty();
    return all;
  }

  @Test
  void aSecondOutputHoldsEveryByteAndStandsAlone() throws IOException {
    String[] all = {"metrics", "tickets", "solutions", "artifacts", "actions"};
    assertThat(files(second, all)).containsExactlyEntriesOf(files(first, all));

    Path away = Files.move(store, temp.resolve("away"));
    try {
      String[] plan = {"plan", file.toString(), "--output=" + second};
      assertThat(told(0, plan)).contains("nothing to train").doesNotContain("in store");
      told(0, "report", second.toString());
      assertThat(told(0, "verify", second.toString(), "--against=" + first)).contains("same");
      assertThat(told(0, "gc", second.toString())).contains("Nothing to remove");
      assertThat(store).doesNotExist();
    } finally {
      Files.move(away, store);
    }
  }

  @Test
  void gcKeepsOfTheStoreWhatANamedOutputHas() throws IOException {
    String[] shared = {"actions", "artifacts"};
    Map<String, byte[]> small = files(first, shared);
    Map<String, byte[]> large = files(longer, shared);
    Map<String, byte[]> all = new TreeMap<>(small);
    all.putAll(large);
    Map<String, byte[]> there = files(store, shared);
    assertThat(there.keySet()).isEqualTo(all.keySet()).hasSizeGreaterThan(small.size());
    Path copy = temp.resolve("copy");
    for (Map.Entry<String, byte[]> each : CommandFixture.files(store).entrySet()) {
      Path path = copy.resolve(each.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, each.getValue());
    }
    String target = "--store=" + copy;
    String one = first.toString();
    String other = longer.toString();

    assertThat(told(2, "gc", target)).contains("OUTPUT");
    assertThat(told(2, "gc", one, other)).contains("gc takes one OUTPUT");
    assertThat(told(2, "gc", "--store=" + other, one))
        .contains("There is no store of Ticketflow in " + other);
    try (OutputFolder held = OutputFolder.claim(Location.of(first))) {
      assertThat(told(2, "gc", target, one)).contains("A run is writing to " + held.location());
    }
    assertThat(told(0, "gc", target, one, other))
        .contains("Nothing to remove: every file of " + copy + " is needed.");
    int unneeded = all.size() - small.size();
    assertThat(told(0, "gc", target, one, "--dry-run"))
        .contains("no output named has it", "nothing refers to it")
        .contains("Would remove " + unneeded + " files, ");
    assertThat(files(copy, shared)).hasSameSizeAs(all);
    assertThat(told(0, "gc", target, one)).contains("Removed " + unneeded + " files, ");
    assertThat(files(copy, shared).keySet()).isEqualTo(small.keySet());
    assertThat(files(longer, shared)).containsExactlyEntriesOf(large);
  }

  @Test
  void aPlaceThatCanBeNoStoreIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path output = temp.resolve("never");
    for (Path place : List.of(output, output.resolve("store"), temp)) {
      assertThat(said(2, "run", output, place)).contains("must not lie in each other");
    }
    assertThat(said(2, "run", output, file))
        .contains("The store " + file + " cannot be used: " + file + " is there and is no folder");
    for (Path place : List.of(file.resolve("x"), Path.of("/proc/store"))) {
      assertThat(said(2, "run", output, place))
          .contains("The store " + place + " cannot be written: ");
    }
    assertThat(said(2, "plan", output, first)).contains("files that are not a store's (");
    Path thesis = Files.createDirectory(temp.resolve("thesis"));
    Files.writeString(thesis.resolve("1.tex"), "mine");
    assertThat(said(2, "run", output, thesis)).contains("are not a store's (1.tex)");
    assertThat(CommandFixture.files(thesis)).containsOnlyKeys("1.tex");

    assertThat(told(2, "run", file.toString(), "--store=ftp://host/x"))
        .contains("ftp://host/x cannot be used: ftp is no storage");
    assertThat(told(2, "run", file.toString(), "--store=")).contains("--store");
    assertThat(told(2, "measure", first.toString(), "--store=" + first, "--add=hull"))
        .contains("must not lie in each other");
    assertThat(output).doesNotExist();
    try (Stream<Path> made = Files.list(first)) {
      assertThat(made).noneMatch(path -> path.endsWith("ticketflow-store.txt"));
    }
  }
}
