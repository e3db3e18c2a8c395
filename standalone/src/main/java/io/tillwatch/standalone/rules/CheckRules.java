package io.tillwatch.standalone.rules;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rules check}: whether rules can be used, with all that is wrong with them. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Reads rules as the roles do, and tells everything that is wrong with them at once:",
      "file, line and column, what was found and what was expected."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:they can be used", "1:they cannot", "2:wrong usage, or no such file"},
    footer = {"", "Example:", "  tillwatch rules check site.yaml runbooks/"})
final class CheckRules implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private RuleFiles files;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return files.tell(
        out,
        rules ->
            out.printf(
                "nothing is wrong: %d watches, %d playbooks, %d runbooks, %d planned,"
                    + " %d holidays, %d routes, %d silences, %d inhibitions%n",
                rules.watches().size(),
                rules.playbooks().byCause().size(),
                rules.runbooks().size(),
                rules.calendar().maintenance().size(),
                rules.calendar().holidays().size(),
                rules.routing().routes().size(),
                rules.suppression().silences().size(),
                rules.suppression().inhibitions().size()));
  }
}
