package io.tillwatch.triage.statuspage;

import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.triage.publish.NotPublished;
import io.tillwatch.triage.publish.Publisher;
import io.tillwatch.triage.statuspage.PageAnswer.Body;
import io.tillwatch.triage.statuspage.PageAnswer.Failed;
import io.tillwatch.triage.statuspage.PageAnswer.NotModified;
import io.tillwatch.triage.statuspage.PageAnswer.Validators;
import io.tillwatch.triage.stream.InputRedaction;
import io.tillwatch.triage.stream.InputRules;
import io.tillwatch.triage.stream.Refusal;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One page: asks for its summary and publishes what changed. What was published is remembered only
 * when all of it is, so nothing is lost on the way. For one thread; {@link #readAt()} for any.
 */
final class StatusPage {

  private static final Logger LOG = LoggerFactory.getLogger(StatusPage.class);

  /** Where pages are read from and written to. */
  record Surroundings(
      PageClient client,
      Publisher publisher,
      Topic<String, StatusEvent> topic,
      InstantSource clock,
      StatusPageCounts counts) {}

  private final PageSettings settings;
  private final Surroundings around;
  private final InputRules rules;
  private Validators validators = Validators.NONE;
  private @Nullable Summary before;
  private int failures;
  private Duration askedToWait = Duration.ZERO;
  private volatile Instant readAt;

  StatusPage(PageSettings settings, Surroundings around) {
    this.settings = settings;
    this.around = around;
    this.rules = new InputRules(around.clock());
    this.readAt = around.clock().instant();
  }

  /** Looks at the page once. */
  Look look() throws InterruptedException {
    Look look =
        switch (around.client().ask(settings.summary(), validators)) {
          case Body body -> read(body);
          case NotModified _ -> Look.NOT_MODIFIED;
          case Failed failed -> failed(failed);
        };
    if (look.read()) {
      if (failures > 0) {
        LOG.info("Status page of {}: can be read again", psp());
      }
      readAt = around.clock().instant();
      failures = 0;
      askedToWait = Duration.ZERO;
    } else {
      failures++;
    }
    around.counts().looked(psp(), look);
    return look;
  }

  private Look read(Body body) {
    Instant now = around.clock().instant();
    try {
      Summary summary = SummaryReader.read(body.bytes());
      boolean told = false;
      for (StatusEvent notice : Notices.between(settings, before, summary, now)) {
        Optional<Refusal> refusal = rules.check(notice);
        if (refusal.isPresent()) {
          // What the desk's door would refuse is on no topic before: it may be a card number.
          LOG.warn("Status page of {}: not told, {}", psp(), refusal.get().detail());
          around.counts().refused(psp());
          continue;
        }
        around.publisher().publish(around.topic(), psp(), InputRedaction.clean(notice));
        around.counts().told(psp(), notice.getIndicator());
        told = true;
      }
      before = summary;
      validators = body.validators();
      return told ? Look.CHANGED : Look.UNCHANGED;
    } catch (Unreadable e) {
      return failed(Failed.of(Look.UNREADABLE, String.valueOf(e.getMessage())));
    } catch (NotPublished e) {
      return failed(Failed.of(Look.NOT_PUBLISHED, String.valueOf(e.getMessage())));
    }
  }

  /** Said once and not at every look: a page that is away is no alarm. */
  private Look failed(Failed failed) {
    if (failures == 0) {
      LOG.info("Status page of {}: {}, {}", psp(), failed.why().label(), failed.detail());
    }
    askedToWait = failed.askedToWait();
    return failed.why();
  }

  String psp() {
    return settings.psp();
  }

  /** Looks that failed in a row. */
  int failures() {
    return failures;
  }

  /** How long the page wants to be left alone; zero when it does not say. */
  Duration askedToWait() {
    return askedToWait;
  }

  /** When the page could last be read; the start before the first time. */
  Instant readAt() {
    return readAt;
  }
}
