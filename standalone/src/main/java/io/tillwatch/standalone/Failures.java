package io.tillwatch.standalone;

import io.tillwatch.load.replay.ReplayStopped;
import io.tillwatch.load.yaml.InvalidYaml;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.schemas.settings.InvalidSettings;
import io.tillwatch.standalone.broker.EmbeddedBroker.FolderInUse;
import io.tillwatch.standalone.site.WrongInput;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * How a command that cannot go on says so: in a line for people; the stack trace is in the log at
 * level DEBUG.
 */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    say(
        command,
        "%s%nsee %s --help"
            .formatted(wrong.getMessage(), command.getCommandSpec().qualifiedName()));
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    LOG.debug("The command failed", failure);
    say(command, words(failure));
    return isInput(failure)
        ? command.getCommandSpec().exitCodeOnInvalidInput()
        : command.getCommandSpec().exitCodeOnExecutionException();
  }

  /** Whether another input would mend it. */
  private static boolean isInput(Exception failure) {
    return switch (failure) {
      case WrongInput input -> true;
      case InvalidYaml input -> true;
      case InvalidSettings input -> true;
      case InvalidRules input -> true;
      case ReplayStopped input -> true;
      case FolderInUse input -> true;
      case FileSystemException input -> true;
      case UncheckedIOException wrapper -> wrapper.getCause() instanceof FileSystemException;
      default -> false;
    };
  }

  private static String words(Exception failure) {
    if (failure instanceof FileSystemException file) {
      return "cannot use the file %s: %s"
          .formatted(
              file.getFile(),
              Objects.requireNonNullElse(file.getReason(), file.getClass().getSimpleName()));
    }
    String message = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    boolean saidByUs = isInput(failure) || failure instanceof CancellationException;
    return saidByUs ? message : message + " (more with TILLWATCH_LOG=DEBUG)";
  }

  private static void say(CommandLine command, String text) {
    PrintWriter err = command.getErr();
    err.println(text);
    err.flush();
  }
}
