package io.tillwatch.triage.act;

import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.kafka.Worker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that carries out one target's actions, session after session, until closed. */
public final class ActionExecutor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ActionExecutor.class);
  private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(15);

  private final ActionTarget target;
  private final OutboxClients clients;
  private final Workbench bench;
  private final Worker worker;
  private volatile @Nullable OutboxSession session;

  private ActionExecutor(ActionTarget target, OutboxClients clients, Workbench bench) {
    this.target = target;
    this.clients = clients;
    this.bench = bench;
    this.worker = new Worker("act-" + target.name().toLowerCase(Locale.ROOT), this::run);
  }

  /** Starts carrying out the target's actions. */
  public static ActionExecutor start(
      ActionTarget target,
      Notifiers notifiers,
      ActSettings settings,
      OutboxClients clients,
      InstantSource clock,
      ActionCounts counts) {
    Workbench bench =
        new Workbench(
            notifiers.of(target),
            notifiers.secondChannel(target),
            settings,
            new BackOff(settings, ThreadLocalRandom.current()),
            clock,
            System::nanoTime,
            counts);
    ActionExecutor executor = new ActionExecutor(target, clients, bench);
    executor.worker.start();
    return executor;
  }

  private void run() {
    try (OutboxSession opened = new OutboxSession(target, clients, bench)) {
      session = opened;
      while (worker.working()) {
        opened.step();
      }
    } catch (WakeupException | InterruptException stop) {
      LOG.debug("Executor of {} was woken to stop", target);
    } catch (RuntimeException failure) {
      LOG.warn("Executor of {} starts over from what is on record", target, failure);
      worker.rest(REST_AFTER_FAILURE);
    } finally {
      session = null;
    }
  }

  /** The executor's name in health answers and thread dumps, for example {@code act-pager}. */
  public String name() {
    return worker.name();
  }

  /** Whether the thread is alive. */
  public boolean running() {
    return worker.running();
  }

  /** Stops after the attempt under way; what is not on record is tried again by the next start. */
  @Override
  public void close() {
    if (!worker.stop(this::wake, CLOSE_MAX)) {
      LOG.warn("Executor of {} is still busy after {}", target, CLOSE_MAX);
    }
  }

  private void wake() {
    OutboxSession open = session;
    if (open != null) {
      open.wakeup();
    }
  }
}
