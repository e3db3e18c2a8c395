package io.tillwatch.standalone.query;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Groups the questions one can ask a running instance. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description =
        "Asks a running instance: cells of the cube, the worst of them and why, incidents, what is"
            + " held back.",
    subcommands = {
      CellsQuery.class,
      WorstQuery.class,
      WhyQuery.class,
      IncidentsQuery.class,
      SuppressionsQuery.class,
      RecordQuery.class
    })
public final class QueryCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "say what to query: cells, worst, why, incidents, suppressions or record");
  }
}
