package io.tillwatch.standalone.rules;

import io.tillwatch.standalone.rulecase.TestRules;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Groups what can be asked about rules. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "Checks, tests and explains a site's rules, and gives them to what is running.",
    subcommands = {
      CheckRules.class,
      TestRules.class,
      ExplainRules.class,
      SchemaOfRules.class,
      PublishRules.class,
      WithdrawRules.class
    })
public final class RulesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "say what to do with rules: check, test, explain, schema, publish or withdraw");
  }
}
