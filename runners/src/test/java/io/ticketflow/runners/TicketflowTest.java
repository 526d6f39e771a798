package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Exit codes and sentences of whole commands, on networks that train in a second. */
class TicketflowTest {
  private static final String TINY =
      """
      name: tiny
      methods: [imp]
      seeds: [1]
      data: {name: glyphs, train: 120, test: 40, validation: 0.1}
      model: {name: lenet-300-100}
      training: {epochs: 1, batchSize: 40}
      pruning: {rate: 0.5, cycles: 1}
      """;

  @TempDir Path temp;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file = Path.of("");
  private Path output = Path.of("");

  @BeforeEach
  void experiment() throws IOException {
    file = Files.writeString(temp.resolve("tiny.yaml"), TINY);
    output = temp.resolve("out");
  }

  @Test
  void helpAndVersionEndWell() {
    assertThat(call("--help")).isZero();
    assertThat(out.toString()).contains("run", "plan", "report", "doctor", "130 cancelled");
    assertThat(call("run", "--help")).isZero();
    assertThat(call("--version")).isZero();
    assertThat(out.toString()).contains("Ticketflow ", "Java 1");
  }

  @Test
  void wrongArgumentsAreOneSentenceAndCode2() {
    assertThat(call()).isEqualTo(2);
    assertThat(sentence()).startsWith("ticketflow: A command is missing");
    assertThat(call("rum")).isEqualTo(2);
    assertThat(err.toString()).contains("'rum'", "Did you mean");
    assertThat(call("run")).isEqualTo(2);
    assertThat(sentence()).contains("FILE");
  }

  @Test
  void aMistypedOptionNamesTheNearestOne() {
    assertThat(call("run", file.toString(), "--ouptut=" + output)).isEqualTo(2);
    assertThat(sentence())
        .isEqualTo("ticketflow: There is no option --ouptut; did you mean --output?");
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(output).doesNotExist();
  }

  @Test
  void aMistypedKeyNamesTheNearestOne() {
    assertThat(run("training.epoch=3")).isEqualTo(2);
    assertThat(sentence()).contains("training.epochs");
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(output).doesNotExist();
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(call("run", temp.resolve("absent.yaml").toString())).isEqualTo(2);
    assertThat(sentence()).contains("absent.yaml");
  }

  @Test
  void missingDataAreFoundBeforeAnythingIsWritten() {
    assertThat(run("data.name=mnist", "data.dir=" + temp.resolve("nowhere"))).isEqualTo(2);
    assertThat(sentence()).contains("nowhere");
    assertThat(output).doesNotExist();
  }

  @Test
  void aNetworkThatDoesNotFitIsFoundBeforeAnythingIsWritten() {
    assertThat(run("model.name=lenet-300-10")).isEqualTo(2);
    assertThat(sentence()).contains("lenet-300-10");
    assertThat(output).doesNotExist();
  }

  @Test
  void aDeviceThatIsNotThereIsFoundBeforeAnythingIsWritten() {
    assertThat(run("--device=gpu99")).isEqualTo(2);
    assertThat(sentence()).contains("gpu99");
    assertThat(run("--device=tpu")).isEqualTo(2);
    assertThat(output).doesNotExist();
  }

  @Test
  void aFolderOfTheUsersIsLeftAsItWas() throws IOException {
    Files.createDirectories(output);
    Files.writeString(output.resolve("thesis.tex"), "mine");
    assertThat(run()).isEqualTo(2);
    assertThat(sentence()).contains("thesis.tex");
    assertThat(files(output)).containsOnlyKeys("thesis.tex");
  }

  @Test
  void pruningThatCannotBeIsFoundBeforeAnyTraining() {
    assertThat(run("pruning.exclude=[head*]")).isEqualTo(2);
    assertThat(sentence()).contains("pruning.exclude has head*, which matches none");
    assertThat(run("pruning.rate=0.999", "pruning.cycles=3")).isEqualTo(2);
    assertThat(sentence()).contains("pruning leaves none of the", "cycle 3");
    assertThat(output).doesNotExist();
  }

  @Test
  void otherImagesAreAnotherExperiment() throws IOException {
    assertThat(run()).isZero();
    Path experiment = output.resolve("experiment.yaml");
    String there = Files.readString(experiment);
    Files.writeString(experiment, there.replaceAll("(\\s+digest: \"?)[0-9a-f]{8}", "$100000000"));
    assertThat(Files.readString(experiment)).isNotEqualTo(there);
    assertThat(run()).isEqualTo(2);
    assertThat(sentence()).contains("another experiment", "the images that imp-seed");
  }

  @Test
  void anOutputThatAnotherRunWritesToIsRefused() throws IOException {
    try (OutputFolder held = OutputFolder.claim(Location.of(output))) {
      assertThat(run()).isEqualTo(2);
      assertThat(sentence()).contains("Another run").contains(held.location().toString());
    }
  }

  @Test
  void aRunEndsWithItsTableAndRunAgainChangesNothing() throws IOException {
    assertThat(run()).isZero();
    assertThat(err.toString())
        .contains("tiny: 1 run, 2 networks to train (2 epochs), 0 found finished")
        .contains("training 2 of 2, ")
        .doesNotContain("\r");
    assertThat(out.toString())
        .contains("Test accuracy in %", "100 %", "50.0 %", "imp", "report.html")
        .contains(": 2 networks trained, 0 reused.");
    assertThat(state()).isEqualTo("DONE");
    Map<String, byte[]> before = files(output.resolve("metrics"));
    assertThat(before).isNotEmpty();

    assertThat(run()).isZero();
    assertThat(out.toString()).contains(": 0 networks trained, 2 reused.");
    Map<String, byte[]> after = files(output.resolve("metrics"));
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isEqualTo(bytes));

    assertThat(call("plan", file.toString(), "--output=" + output)).isZero();
    assertThat(out.toString()).contains("nothing to train");
    assertThat(call("report", output.toString())).isZero();

    assertThat(run("training.epochs=2")).isEqualTo(2);
    assertThat(sentence()).contains("another experiment", "training.epochs is 1 there and 2 here");
    assertThat(state()).isEqualTo("DONE");
  }

  @Test
  void whatNothingNeedsIsRemovedWhenAskedTo() throws IOException {
    assertThat(call("gc", output.toString())).isEqualTo(2);
    assertThat(sentence()).contains("There is no output of Ticketflow in", output.toString());
    assertThat(output).doesNotExist();

    assertThat(run()).isZero();
    Map<String, byte[]> needed = files(output);
    Path orphan = output.resolve("artifacts/00/" + "0".repeat(64) + ".avro");
    Files.createDirectories(orphan.getParent());
    Files.write(orphan, new byte[2000]);
    Files.createDirectories(output.resolve("tmp"));
    Files.write(output.resolve("tmp/x.avro.17.half"), new byte[500]);

    out.getBuffer().setLength(0);
    assertThat(call("gc", output.toString(), "--dry-run")).isZero();
    assertThat(out.toString())
        .contains("nothing refers to it", "temporary file", "Would remove 2 files, 0.003 MB");
    assertThat(orphan).exists();
    assertThat(call("gc", output.toString())).isZero();
    assertThat(out.toString()).contains("Removed 2 files, 0.003 MB.");
    assertThat(files(output).keySet()).isEqualTo(needed.keySet());
    assertThat(call("gc", output.toString())).isZero();
    assertThat(out.toString()).contains("Nothing to remove");

    assertThat(run()).isZero();
    assertThat(out.toString()).contains(": 0 networks trained, 2 reused.");
  }

  @Test
  void aPlanSaysWhatWouldBeTrainedAndWritesNothing() {
    assertThat(call("plan", file.toString(), "seeds=[1,2]", "--output=" + output)).isZero();
    assertThat(out.toString())
        .contains("epochs still to run            4")
        .contains("matching ticket", "particle", "average", "evaluate", "to run")
        .containsPattern("time +about .* by the speed of a few steps made now");
    out.getBuffer().setLength(0);
    assertThat(call("plan", file.toString(), "--summary", "--output=" + output)).isZero();
    assertThat(out.toString()).contains("epochs to run").doesNotContain("matching ticket");
    assertThat(output).doesNotExist();
  }

  @Test
  void aRunThatFailsLeavesTheOthersTheirResults() throws IOException {
    String methods =
        "methods=[imp, {method: imp, as: hot, training: {schedule: {learningRate: 100}}}]";
    assertThat(run(methods, "training.epochs=4", "training.schedule.name=constant")).isEqualTo(3);
    assertThat(out.toString()).contains("Run hot", "failed: ", "1 of 2 runs failed");
    assertThat(state()).isEqualTo("SOME_RUNS_FAILED");
  }

  @Test
  void onlyPublishedDataSetsCanBeFetched() {
    assertThat(call("data", "fetch", "imagenet", "--to=" + output)).isEqualTo(2);
    assertThat(sentence()).contains("imagenet", "cifar100");
    assertThat(call("data", "fetch", "mnist")).isEqualTo(2);
    assertThat(sentence()).contains("--to");
    assertThat(output).doesNotExist();
  }

  @Test
  void aValueOfBeamsThatCannotBeIsFoundBeforeAnythingIsWritten() {
    for (String wrong :
        List.of(
            "--targetParallelism=0",
            "--runner=Foo",
            "--flinkMaster=a b",
            "--flinkMaster=[collection]",
            "--flinkMaster=[::g]:8081")) {
      assertThat(run(wrong)).isEqualTo(2);
      assertThat(sentence()).startsWith("ticketflow: " + wrong.replaceAll("=.*", "") + " must be ");
      assertThat(err.toString().lines()).hasSize(1);
    }
    assertThat(output).doesNotExist();
  }

  @Test
  void placesThatCannotBeAreToldInWords() throws IOException {
    String unreachable = "--to=" + output;
    for (String mirror : List.of("example.org/x", "ftp://example.org/", "http:///x", "", "a b")) {
      assertThat(call("data", "fetch", "mnist", unreachable, "--mirror=" + mirror)).isEqualTo(2);
      assertThat(sentence()).contains("--mirror", "https://").doesNotContain("java.");
    }
    assertThat(call("data", "fetch", "mnist", "--to=" + file)).isEqualTo(2);
    assertThat(sentence()).contains("--to must name a folder");
    assertThat(call("data", "fetch", "mnist", "--to=" + file.resolve("x"))).isEqualTo(2);
    assertThat(call("run", file.toString(), "--output=a\0b")).isEqualTo(2);
    assertThat(sentence()).contains("--output", "a?b").doesNotContain("java.").doesNotContain("\0");
    assertThat(call("report", temp.toString(), "--output=" + temp)).isEqualTo(2);
    assertThat(sentence()).contains("--output must name a file, got the folder");
    Path below = output.resolve("page.html");
    assertThat(call("report", temp.toString(), "--output=" + below)).isEqualTo(2);
    assertThat(sentence()).contains("a folder that exists");
    assertThat(output).doesNotExist();
  }

  @Test
  void aServerThatIsNotThereIsToldInWords() {
    assertThat(call("data", "fetch", "mnist", "--to=" + output, "--mirror=http://127.0.0.1:1/"))
        .isEqualTo(1);
    assertThat(sentence()).contains("http://127.0.0.1:1/").endsWith("connection refused.");
    assertThat(call("data", "fetch", "mnist", "--to=" + output, "--mirror=http://none.invalid/"))
        .isEqualTo(1);
    assertThat(sentence()).endsWith("there is no such host.");
  }

  @Test
  void aReportOfNothingIsRefused() {
    assertThat(call("report", temp.resolve("nowhere").toString())).isEqualTo(2);
    assertThat(sentence()).contains("nowhere");
  }

  private int run(String... more) {
    List<String> arguments =
        Stream.concat(Stream.of("run", file.toString(), "--output=" + output), Arrays.stream(more))
            .toList();
    return call(arguments.toArray(String[]::new));
  }

  private int call(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Ticketflow.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  private String sentence() {
    return err.toString().lines().findFirst().orElse("");
  }

  private String state() throws IOException {
    return new JsonMapper().readTree(output.resolve("status.json").toFile()).path("state").asText();
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return contents;
  }
}
