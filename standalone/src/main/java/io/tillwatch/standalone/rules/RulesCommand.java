package io.tillwatch.standalone.rules;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Groups what can be asked about rules. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "Checks a site's rules, and explains what is watched and when it pages.",
    subcommands = {CheckRules.class, ExplainRules.class, SchemaOfRules.class})
public final class RulesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what to do with rules: check, explain or schema");
  }
}
