package io.tillwatch.standalone.rules;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules withdraw}: takes published rules away. */
@Command(
    name = "withdraw",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Takes files of rules away that were published.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:withdrawn", "1:the cluster cannot be reached", "2:wrong usage"},
    footer = {
      "",
      "Example:",
      "  tillwatch rules withdraw silence.yaml --author ada --reason 'the move is done'"
    })
final class WithdrawRules implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Publisher publisher;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      description = "Names of files as they were published; /api/v1/rules lists them.")
  private List<String> names = new ArrayList<>();

  @Override
  public Integer call() {
    Map<String, String> textByName = new LinkedHashMap<>();
    names.forEach(name -> textByName.put(name, ""));
    publisher.publish(textByName);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("withdrawn %s%n", String.join(", ", names));
    out.flush();
    return 0;
  }
}
