package io.tillwatch.standalone;

import io.tillwatch.load.bench.BenchCommand;
import io.tillwatch.load.bench.TrainCommand;
import io.tillwatch.load.simulate.SimulateCommand;
import io.tillwatch.standalone.ask.AskCommand;
import io.tillwatch.standalone.audit.AuditCommand;
import io.tillwatch.standalone.broker.BrokerCommand;
import io.tillwatch.standalone.chaos.ChaosCommand;
import io.tillwatch.standalone.demo.DemoCommand;
import io.tillwatch.standalone.evaluate.EvaluateCommand;
import io.tillwatch.standalone.incident.IncidentCommand;
import io.tillwatch.standalone.noise.NoiseCommand;
import io.tillwatch.standalone.query.QueryCommand;
import io.tillwatch.standalone.redact.RedactCommand;
import io.tillwatch.standalone.replay.ReplayCommand;
import io.tillwatch.standalone.rules.RulesCommand;
import io.tillwatch.standalone.site.StandaloneCommand;
import io.tillwatch.standalone.site.StopSignal;
import io.tillwatch.topology.backtest.BacktestCommand;
import io.tillwatch.topology.backtest.LocaliseCommand;
import io.tillwatch.topology.command.TopologyCommand;
import io.tillwatch.triage.command.TriageCommand;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code tillwatch} command: one executable for every role and every tool. */
@Command(
    name = "tillwatch",
    description = "Payment telemetry and incident triage on Kafka Streams.",
    mixinStandardHelpOptions = true,
    versionProvider = Tillwatch.ManifestVersion.class,
    subcommands = {
      DemoCommand.class,
      StandaloneCommand.class,
      TopologyCommand.class,
      TriageCommand.class,
      SimulateCommand.class,
      ReplayCommand.class,
      RedactCommand.class,
      AskCommand.class,
      QueryCommand.class,
      IncidentCommand.class,
      AuditCommand.class,
      BacktestCommand.class,
      LocaliseCommand.class,
      NoiseCommand.class,
      EvaluateCommand.class,
      RulesCommand.class,
      BenchCommand.class,
      TrainCommand.class,
      ChaosCommand.class,
      BrokerCommand.class
    })
public final class Tillwatch implements Runnable {

  public static void main(String[] arguments) {
    StopSignal.exit(commandLine().execute(arguments));
  }

  /** The whole command line; what is wrong is said in a line, not in a page of help or a trace. */
  public static CommandLine commandLine() {
    Failures failures = new Failures();
    return new CommandLine(new Tillwatch())
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /** The version in the jar's manifest; classes that run outside the jar have none. */
  static final class ManifestVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Tillwatch.class.getPackage().getImplementationVersion();
      return new String[] {"tillwatch " + Objects.requireNonNullElse(version, "unpackaged")};
    }
  }
}
