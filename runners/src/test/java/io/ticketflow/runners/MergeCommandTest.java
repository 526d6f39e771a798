package io.ticketflow.runners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketflow.exchange.TensorEntry;
import io.ticketflow.exchange.TensorFile;
import io.ticketflow.math.Mask;
import io.ticketflow.schemas.CycleRow;
import io.ticketflow.store.Location;
import io.ticketflow.store.tables.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Networks of two files become one, entry by entry, and what cannot be merged is refused. */
class MergeCommandTest extends CommandFixture {
  private static final String[] DATA = {
    "--data=glyphs", "data.train=120", "data.test=40", "data.validation=0.1"
  };

  @Test
  void theMeanIsOfEachEntryAndTheMaskIsOfBoth() throws IOException {
    assertThat(run()).as(err).isZero();
    Path dense = export(0);
    Path sparse = export(1);
    Path to = temp.resolve("mean.npz");
    assertThat(merge(dense, sparse, to, "--format=npz")).as(err).isZero();
    try (TensorFile a = TensorFile.open(dense);
        TensorFile b = TensorFile.open(sparse);
        TensorFile mean = TensorFile.open(to)) {
      for (TensorEntry entry : mean.tensors()) {
        if (entry.name().endsWith(".mask")) {
          assertThat(mean.mask(entry)).isEqualTo(Mask.full((int) entry.size()));
        } else {
          float[] x = a.values(a.find(entry.name()).orElseThrow());
          float[] y = b.values(b.find(entry.name()).orElseThrow());
          float[] half = new float[x.length];
          for (int i = 0; i < x.length; i++) {
            half[i] = (float) (((double) x[i] + y[i]) / 2);
          }
          assertThat(mean.values(entry)).as(entry.name()).isEqualTo(half);
        }
      }
      assertThat(mean.tensors()).hasSize(9);
      assertThat(mean.metadata()).containsEntry("rule", "mean").containsKey("member.1");
    }
    // what the run itself found of both networks
    for (int cycle = 0; cycle <= 1; cycle++) {
      assertThat(out.lines().toList().get(1 + cycle)).endsWith(accuracy(cycle));
    }
    assertThat(out).contains("266,200", "133,100", "the files have different masks");

    assertThat(merge(dense, sparse, temp.resolve("greedy"), "--rule=greedy")).as(err).isZero();
    assertThat(out).containsPattern("Try +.* on validation, taken");

    assertRefused(sparse, "--rule stock needs --anchor FILE", "--rule=stock");
    assertRefused(sparse, "--anchor has no meaning with --rule mean", "--anchor=" + dense);
    assertRefused(
        sparse, "no file " + temp.resolve("no"), "--rule=stock", "--anchor=" + temp.resolve("no"));
    // two that have gone the same way from the anchor are merged into what they are
    assertThat(itself(sparse, "stock", "--anchor=" + dense).get("anchor"))
        .startsWith(dense.getFileName() + " ");
    assertRefused(sparse, "--rule ties needs --anchor FILE", "--rule=ties");
    itself(sparse, "ties", "--anchor=" + dense, "merging.keep=1");
    itself(sparse, "karcher");

    assertRefused(temp.resolve("none"), "There is no file " + temp.resolve("none"));
    assertRefused(
        sparse,
        "--rule must be mean, greedy, stock, ties, karcher, fisher or learned, got \"best\"",
        "--rule=best");
    assertRefused(sparse, "has a tensor fc3.weight, which lenet-5 has not", "model.name=lenet-5");
    assertThat(merge(dense, sparse, to)).isEqualTo(ExitCode.USAGE);
    assertThat(sentence()).contains("--to must name a new file");
  }

  /** The metadata of a network merged with itself, which it must be. */
  private Map<String, String> itself(Path network, String rule, String... more) throws IOException {
    Path to = temp.resolve(rule);
    List<String> options = new ArrayList<>(List.of("--rule=" + rule));
    options.addAll(List.of(more));
    assertThat(merge(network, network, to, options.toArray(String[]::new))).as(err).isZero();
    try (TensorFile a = TensorFile.open(network);
        TensorFile b = TensorFile.open(to)) {
      for (TensorEntry entry : b.tensors()) {
        TensorEntry same = a.find(entry.name()).orElseThrow();
        if (entry.name().endsWith(".mask")) {
          assertThat(b.mask(entry)).isEqualTo(a.mask(same));
        } else {
          assertThat(b.values(entry)).isEqualTo(a.values(same));
        }
      }
      assertThat(b.metadata()).containsEntry("rule", rule);
      return b.metadata();
    }
  }

  private void assertRefused(Path second, String why, String... more) {
    Path to = temp.resolve("refused");
    assertThat(merge(temp.resolve("0.safetensors"), second, to, more)).isEqualTo(ExitCode.USAGE);
    assertThat(sentence()).contains(why);
    assertThat(to).doesNotExist();
  }

  private int merge(Path first, Path second, Path to, String... more) {
    List<String> all = new ArrayList<>(List.of("merge", first.toString(), second.toString()));
    all.add("--to=" + to);
    all.addAll(Arrays.asList(DATA));
    all.addAll(Arrays.asList(more));
    return call(all.toArray(String[]::new));
  }

  private Path export(int cycle) {
    Path file = temp.resolve(cycle + ".safetensors");
    String[] options = {"--cycle=" + cycle, "--format=safetensors", "--to=" + file};
    assertThat(call("export", output.toString(), options[0], options[1], options[2])).isZero();
    return file;
  }

  private String accuracy(int cycle) throws IOException {
    CycleRow row =
        Tables.CYCLES.read(Location.of(output)).stream()
            .filter(each -> each.getCycle() == cycle && each.getSubject().equals("merged"))
            .filter(each -> each.getSplit().equals("test"))
            .findFirst()
            .orElseThrow();
    return String.format(Locale.ROOT, "%.2f %%", 100 * row.getAccuracy());
  }
}
