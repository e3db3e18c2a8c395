package io.tillwatch.standalone.taint;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * What the process says: every logger from INFO up, ours from DEBUG up, and both output streams.
 * The console is left alone meanwhile.
 */
final class Said implements AutoCloseable {

  private final Logger root;
  private final Level levelBefore;
  private final List<Appender<ILoggingEvent>> appendersBefore = new ArrayList<>();
  private final StringBuffer lines = new StringBuffer();
  private final Appender<ILoggingEvent> appender = new Collecting();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream outBefore = System.out;
  private final PrintStream errBefore = System.err;

  private Said(LoggerContext context) {
    root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    levelBefore = root.getLevel();
    root.iteratorForAppenders().forEachRemaining(appendersBefore::add);
    appendersBefore.forEach(root::detachAppender);
    appender.setContext(context);
    appender.start();
    root.addAppender(appender);
    root.setLevel(Level.INFO);
    ours(context).setLevel(Level.DEBUG);
    PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
  }

  private static Logger ours(LoggerContext context) {
    return context.getLogger("io.tillwatch");
  }

  static Said listen() {
    return new Said((LoggerContext) LoggerFactory.getILoggerFactory());
  }

  private final class Collecting extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      lines.append(event.getThreadName()).append(' ').append(event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        lines.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
      lines.append('\n');
    }
  }

  /** All of it so far. */
  String all() {
    return lines + printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(outBefore);
    System.setErr(errBefore);
    root.detachAppender(appender);
    appendersBefore.forEach(root::addAppender);
    root.setLevel(levelBefore);
    ours(root.getLoggerContext()).setLevel(null);
  }
}
