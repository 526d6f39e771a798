package io.ticketflow.runners;

import io.ticketflow.runners.launch.BeamArguments;
import io.ticketflow.runners.launch.StorageArguments;
import io.ticketflow.runners.output.OutputFolder;
import io.ticketflow.runners.query.OutputDatabase;
import io.ticketflow.runners.query.QueryResult;
import io.ticketflow.spec.UserException;
import io.ticketflow.store.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Answers a question to the tables of an output. */
@Command(
    name = "query",
    description = {
      "Answers a question in SQL to the tables of an output: cycles, epochs, layers, failures,",
      "searches, budgets, costs. conf/queries has the questions that people ask first.",
      "",
      "It needs a build with DuckDB: export TICKETFLOW_MAVEN=-Pduckdb"
    })
public final class QueryCommand implements Callable<Integer> {
  private static final String SUFFIX = ".sql";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "OUTPUT", description = "The output of a run.")
  private Location output = new Location(".");

  @Parameters(
      index = "1",
      paramLabel = "FILE|SQL",
      description = "A file whose name ends with .sql, or the query itself.")
  private String query = "";

  @Unmatched private List<String> others = new ArrayList<>();

  @ArgGroup private Format format = new Format();

  /** At most one of them. */
  static final class Format {
    @Option(names = "--csv", description = "Comma-separated values, every digit.")
    private boolean csv;

    @Option(names = "--json", description = "For programs: an array of objects, every digit.")
    private boolean json;
  }

  @Override
  public Integer call() throws IOException {
    StorageArguments.find(new BeamArguments(others), output);
    OutputFolder.require(output);
    String sql = sql();
    QueryResult answer;
    try (OutputDatabase database = OutputDatabase.of(output)) {
      answer = database.ask(sql);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (format.json) {
      out.println(answer.json());
    } else {
      (format.csv ? answer.csv() : answer.table()).forEach(out::println);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private String sql() throws IOException {
    if (!query.endsWith(SUFFIX)) {
      return query;
    }
    try {
      return Files.readString(Path.of(query));
    } catch (NoSuchFileException e) {
      throw UserException.of("There is no file %s.", query);
    }
  }
}
