package io.tillwatch.triage.statuspage;

import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.triage.statuspage.Summary.Part;
import io.tillwatch.triage.statuspage.Summary.Trouble;
import io.tillwatch.triage.wire.StableId;
import io.tillwatch.triage.wire.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a page says now that it did not say before. Pure.
 *
 * <p>The id of a notice follows from what it says: PSP, incident or component, status, and since
 * when. So a poller that starts again, or a second one beside it, says nothing new. A component
 * whose state an incident explains is not told a second time.
 */
final class Notices {

  private static final int TITLE_MAX = 256;

  private final PageSettings page;
  private final Instant now;
  private final List<StatusEvent> notices = new ArrayList<>();

  private Notices(PageSettings page, Instant now) {
    this.page = page;
    this.now = now;
  }

  /**
   * Notices from one summary to the next, oldest first.
   *
   * @param before the last summary whose notices were published; null when there is none yet: then
   *     all that is not well is told
   * @param at when the latter was read; a page's clock that is ahead counts as this
   */
  static List<StatusEvent> between(
      PageSettings page, @Nullable Summary before, Summary after, Instant at) {
    Notices found = new Notices(page, at);
    after.troubles().values().stream()
        .filter(page::concerns)
        .filter(trouble -> before == null || changed(before.troubles().get(trouble.id()), trouble))
        .forEach(found::tell);
    after.parts().values().stream()
        .filter(page::concerns)
        .filter(part -> changed(before == null ? null : before.parts().get(part.id()), part))
        .filter(part -> part.indicator() == StatusIndicator.NONE || !explained(part, after))
        .forEach(found::tell);
    if (before != null) {
      before.troubles().values().stream()
          .filter(page::concerns)
          .filter(trouble -> !after.troubles().containsKey(trouble.id()))
          .forEach(found::over);
    }
    found.notices.sort(
        Comparator.comparing(StatusEvent::getEventTime).thenComparing(StatusEvent::getEventId));
    return List.copyOf(found.notices);
  }

  private static boolean changed(@Nullable Trouble before, Trouble after) {
    return before == null
        || !before.status().equals(after.status())
        || before.indicator() != after.indicator();
  }

  private static boolean changed(@Nullable Part before, Part after) {
    return before == null
        ? after.indicator() != StatusIndicator.NONE
        : !before.status().equals(after.status());
  }

  private static boolean explained(Part part, Summary summary) {
    return summary.troubles().values().stream()
        .anyMatch(trouble -> trouble.parts().containsKey(part.id()));
  }

  private void tell(Trouble trouble) {
    add(
        id(trouble.id(), trouble.status() + "/" + trouble.indicator(), trouble.since()),
        builder(trouble, trouble.indicator(), trouble.status())
            .setEventTime(past(trouble.since())));
  }

  /** Unresolved incidents only are in a summary: what is not there any more is over. */
  private void over(Trouble trouble) {
    add(
        id(trouble.id(), "over", trouble.startedAt()),
        builder(trouble, StatusIndicator.NONE, "over").setEventTime(now));
  }

  private StatusEvent.Builder builder(Trouble trouble, StatusIndicator indicator, String status) {
    String touched =
        trouble.parts().values().stream()
            .filter(name -> !name.isEmpty())
            .sorted()
            .collect(Collectors.joining(", "));
    return StatusEvent.newBuilder()
        .setComponent(touched.isEmpty() ? null : Texts.line(touched, TITLE_MAX))
        .setIndicator(indicator)
        .setTitle(titled(trouble.name(), status))
        .setStartedAt(past(trouble.startedAt()))
        .setLink(trouble.link());
  }

  private void tell(Part part) {
    add(
        id(part.id(), part.status(), part.since()),
        StatusEvent.newBuilder()
            .setComponent(part.name())
            .setIndicator(part.indicator())
            .setTitle(titled(part.name(), part.status()))
            .setEventTime(past(part.since()))
            .setStartedAt(part.indicator() == StatusIndicator.NONE ? null : past(part.since())));
  }

  private static String titled(String name, String status) {
    String suffix = ": " + status.replace('_', ' ');
    return Texts.line(name, TITLE_MAX - suffix.length()) + suffix;
  }

  private Instant past(Instant at) {
    return at.isAfter(now) ? now : at;
  }

  private void add(String id, StatusEvent.Builder notice) {
    notices.add(notice.setEventId(id).setPsp(page.psp()).build());
  }

  private String id(String what, String status, Instant since) {
    return StableId.of("statuspage", page.psp(), what, status, since.toString());
  }
}
