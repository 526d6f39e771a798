package io.ticketflow.runners;

import com.fasterxml.jackson.databind.node.TextNode;
import io.ticketflow.exchange.TensorFile;
import io.ticketflow.exchange.export.ExportFormat;
import io.ticketflow.exchange.export.ExportedNetwork;
import io.ticketflow.pipelines.Experiment;
import io.ticketflow.runners.doctor.NativeLibraries;
import io.ticketflow.runners.merge.FileMerge;
import io.ticketflow.runners.output.AtomicFile;
import io.ticketflow.runners.output.TemporaryFolder;
import io.ticketflow.runners.sweep.Prepared;
import io.ticketflow.runners.table.TextTable;
import io.ticketflow.schemas.RunRecord;
import io.ticketflow.schemas.SearchRow;
import io.ticketflow.schemas.SplitScores;
import io.ticketflow.settings.KeyType.Choice;
import io.ticketflow.spec.Merge;
import io.ticketflow.spec.ModelSpec;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.FileDigest;
import io.ticketflow.work.CheckpointPolicy;
import io.ticketflow.work.Specs;
import io.ticketflow.work.Workplace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Merges networks of files into one. */
@Command(
    name = "merge",
    description = {
      "Merges networks of one model into one, trains nothing, and says how accurate each is.",
      "",
      "A rule that chooses does so by the validation split alone. BatchNorm is recalibrated."
    })
public final class MergeCommand implements Callable<Integer> {
  /** What a file of ours says of its model, by the keys of an experiment. */
  private static final Map<String, String> FACTS =
      Map.of("model.name", "model", "model.width", "model.width", "model.stem", "model.stem");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|KEY=VALUE",
      description = {
        "Files of weights, safetensors or npz, and keys of an experiment such as",
        "model.name=resnet-20 or data.validation=0.1."
      })
  private List<String> given = new ArrayList<>();

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = {
        "mean (if absent), greedy, stock, ties, karcher, fisher or learned; keys such as",
        "merging.keep=0.5 say how some of them work."
      })
  private String rule = "mean";

  @Option(
      names = "--anchor",
      paramLabel = "FILE",
      description = "With stock and ties: the weights that the files' networks were trained from.")
  private Optional<Path> anchor = Optional.empty();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "NAME[:DIR]",
      description = "The data set, and where its files lie, such as cifar10:data/cifar10.")
  private String data = "";

  @Option(names = "--to", required = true, paramLabel = "FILE", description = "The new file.")
  private Path to = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "safetensors (if absent), npz, torchscript or onnx.")
  private String format = "safetensors";

  @Mixin private DeviceOption device = new DeviceOption();

  @Override
  public Integer call() throws IOException {
    ExportFormat form = ExportFormat.parse(format);
    AtomicFile.checkNew("--to", to);
    new Choice(Arrays.stream(Merge.values()).map(each -> Choice.nameOf(each.name())).toList())
        .read("--rule", TextNode.valueOf(rule));
    List<Path> files = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (String each : given) {
      if (each.contains("=") && !Files.exists(Path.of(each))) {
        keys.add(each);
      } else {
        files.add(Path.of(each));
      }
    }
    if (files.size() < 2) {
      throw UserException.of("merge needs at least two files, got %s", files.size());
    }
    try (TemporaryFolder folder = TemporaryFolder.make("ticketflow-merge")) {
      RunRecord run = run(folder.path(), files, keys);
      checkAnchor(Specs.of(run).merge());
      NativeLibraries.load();
      Workplace place =
          new Workplace(folder.path().toString(), device.policy(), new CheckpointPolicy(0, 0));
      FileMerge merge = FileMerge.of(files, anchor, run, place);
      ExportedNetwork exported =
          new ExportedNetwork(
              merge.merged().network(),
              Optional.of(merge.graph()),
              Optional.empty(),
              facts(files, Specs.of(run).model(), data));
      AtomicFile.write(to, next -> form.write(exported, false, next));
      tell(files, merge);
    }
    return ExitCode.DONE;
  }

  private void checkAnchor(Merge merge) {
    if (merge.anchored() && anchor.isEmpty()) {
      throw UserException.of(
          "--rule %s needs --anchor FILE: the weights that the files' networks were trained from",
          rule);
    }
    if (!merge.anchored() && anchor.isPresent()) {
      throw UserException.of("--anchor has no meaning with --rule %s", rule);
    }
  }

  /** The experiment whose one run has these networks for particles. */
  private RunRecord run(Path folder, List<Path> files, List<String> keys) throws IOException {
    Path experiment = folder.resolve("merge.yaml");
    Files.writeString(experiment, "methods: [imp]\nseeds: [1]\n");
    int colon = data.indexOf(':');
    Map<String, String> all = new TreeMap<>();
    try (TensorFile first = TensorFile.open(files.get(0))) {
      FACTS.forEach(
          (key, fact) -> {
            if (first.metadata().containsKey(fact)) {
              all.put(key, first.metadata().get(fact));
            }
          });
    }
    all.put("data.name", colon < 0 ? data : data.substring(0, colon));
    if (colon >= 0) {
      all.put("data.dir", data.substring(colon + 1));
    }
    all.put("methods.imp.merge", rule);
    for (String key : keys) {
      int equals = key.indexOf('=');
      all.put(key.substring(0, equals), key.substring(equals + 1));
    }
    if (!all.containsKey("model.name") && !all.containsKey("model.torchscript")) {
      throw UserException.of(
          "%s does not say which model it is: add model.name=NAME", files.get(0));
    }
    List<String> overrides =
        all.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    return Prepared.of(Experiment.load(experiment, overrides), device.policy()).records().get(0);
  }

  private Map<String, String> facts(List<Path> files, ModelSpec model, String dataset)
      throws IOException {
    Map<String, String> facts = new TreeMap<>();
    facts.put("rule", rule);
    if (anchor.isPresent()) {
      facts.put("anchor", fileFact(anchor.get()));
    }
    facts.put("dataset", dataset.replaceFirst(":.*", ""));
    facts.put("model", model.title());
    facts.put("model.width", String.valueOf(model.width()));
    facts.put("model.stem", model.stem());
    facts.put("version.ticketflow", VersionText.version());
    for (int i = 0; i < files.size(); i++) {
      facts.put("member." + i, fileFact(files.get(i)));
    }
    return facts;
  }

  private static String fileFact(Path file) throws IOException {
    return file.getFileName() + " " + FileDigest.of(file);
  }

  private void tell(List<Path> files, FileMerge merge) {
    PrintWriter out = spec.commandLine().getOut();
    List<String> splits = merge.merged().scores().stream().map(SplitScores::getSplit).toList();
    List<String> head = new ArrayList<>(List.of("network", "weights kept"));
    splits.forEach(split -> head.add(split + " accuracy"));
    TextTable table = new TextTable(head);
    for (int i = 0; i < files.size(); i++) {
      table.row(cells(files.get(i).toString(), merge.members().get(i)));
    }
    table.row(cells(to.toString(), merge.merged())).lines().forEach(out::println);
    for (SearchRow each : merge.tries()) {
      out.printf(
          Locale.ROOT,
          "Try     %s: %.2f %% on validation, %s%n",
          files.get(each.getCandidate()),
          100 * each.getValidationAccuracy(),
          each.getAccepted() ? "taken" : "left");
    }
    if (!merge.sameMasks()) {
      out.println(
          "Notice: the files have different masks: the merged network keeps what any of them"
              + " keeps.");
    }
    out.flush();
  }

  private static List<String> cells(String name, FileMerge.Judged judged) {
    int kept = judged.network().kept().values().stream().mapToInt(Integer::intValue).sum();
    List<String> cells = new ArrayList<>(List.of(name, String.format(Locale.ROOT, "%,d", kept)));
    judged
        .scores()
        .forEach(
            split -> cells.add(String.format(Locale.ROOT, "%.2f %%", 100 * split.getAccuracy())));
    return cells;
  }
}
