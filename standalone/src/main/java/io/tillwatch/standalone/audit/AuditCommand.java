package io.tillwatch.standalone.audit;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tillwatch audit}: the incident log for those who audit it. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "The incident log: takes it out of the cluster, and verifies that it is whole.",
    subcommands = {VerifyAudit.class, ExportAudit.class})
public final class AuditCommand implements Runnable {

  @Spec
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what to do: verify or export");
  }
}
