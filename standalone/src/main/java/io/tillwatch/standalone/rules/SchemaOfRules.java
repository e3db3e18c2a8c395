package io.tillwatch.standalone.rules;

import io.tillwatch.rules.RuleBook;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rules schema}: the JSON Schema of rule files. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the JSON Schema of rule files, so that editors complete and check them.",
      "In VS Code, for example, the first line of a file of rules would be:",
      "# yaml-language-server: $$schema=rules.schema.json"
    },
    footer = {"", "Example:", "  tillwatch rules schema > rules.schema.json"})
final class SchemaOfRules implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(RuleBook.jsonSchema());
    out.flush();
    return 0;
  }
}
