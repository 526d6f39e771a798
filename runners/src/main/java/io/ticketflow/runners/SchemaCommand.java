package io.ticketflow.runners;

import io.ticketflow.pipelines.experiment.ExperimentSchema;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the schema of experiment files. */
@Command(
    name = "schema",
    description = {
      "Prints the JSON Schema of experiment files: editors complete and check keys by it.",
      "conf/schema.json is what it prints."
    })
public final class SchemaCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println(ExperimentSchema.tree().toPrettyString());
    out.flush();
    return ExitCode.DONE;
  }
}
