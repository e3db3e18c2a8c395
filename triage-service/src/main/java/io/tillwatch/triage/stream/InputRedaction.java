package io.tillwatch.triage.stream;

import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.triage.gateway.redact.Redactor;
import io.tillwatch.triage.wire.StableId;
import io.tillwatch.triage.wire.Texts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of what others tell us what may not be kept and no rule refuses: card data in
 * disguise, verification values, addresses, secrets. The same at the door of the desk and wherever
 * something is taken in; what was cleaned is not changed by it again.
 *
 * <p>Texts get labels in its place. Ids are replaced as a whole, so that two stay two. An author
 * who signs with an address is known by what stands before the @.
 */
public final class InputRedaction {

  private static final String REPLACED = "id";
  private static final String WITHHELD = "withheld";

  static {
    TrustedClasses.declare(); // records are copied
  }

  private final Redactor redactor = new Redactor();

  private InputRedaction() {}

  /** A change without it. */
  public static ChangeEvent clean(ChangeEvent change) {
    InputRedaction redaction = new InputRedaction();
    return ChangeEvent.newBuilder(change)
        .setEventId(redaction.id(change.getEventId()))
        .setTitle(redaction.text(change.getTitle()))
        .setAuthor(redaction.author(change.getAuthor()))
        .setLink(redaction.text(change.getLink()))
        .setScope(redaction.texts(change.getScope()))
        .build();
  }

  /** A notice without it. */
  public static StatusEvent clean(StatusEvent notice) {
    InputRedaction redaction = new InputRedaction();
    return StatusEvent.newBuilder(notice)
        .setEventId(redaction.id(notice.getEventId()))
        .setPsp(redaction.text(notice.getPsp()))
        .setComponent(redaction.text(notice.getComponent()))
        .setTitle(redaction.text(notice.getTitle()))
        .setLink(redaction.text(notice.getLink()))
        .build();
  }

  /** An alert without it. */
  public static ExternalAlert clean(ExternalAlert alert) {
    InputRedaction redaction = new InputRedaction();
    return ExternalAlert.newBuilder(alert)
        .setAlertId(redaction.id(alert.getAlertId()))
        .setSource(redaction.text(alert.getSource()))
        .setName(redaction.text(alert.getName()))
        .setSummary(redaction.text(alert.getSummary()))
        .setLink(redaction.text(alert.getLink()))
        .setLabels(redaction.texts(alert.getLabels()))
        .build();
  }

  /** A command without it. */
  public static Command clean(Command command) {
    InputRedaction redaction = new InputRedaction();
    List<String> bursts = command.getBurstIds().stream().map(redaction::id).toList();
    return Command.newBuilder(command)
        .setCommandId(redaction.id(command.getCommandId()))
        .setIncidentId(redaction.id(command.getIncidentId()))
        .setAuthor(redaction.author(command.getAuthor()))
        .setReason(redaction.text(command.getReason()))
        .setConfirmedCause(redaction.text(command.getConfirmedCause()))
        .setInto(redaction.id(command.getInto()))
        .setBurstIds(bursts)
        .setChannel(redaction.text(command.getChannel()))
        .build();
  }

  private Map<String, String> texts(Map<String, String> texts) {
    Map<String, String> clean = new TreeMap<>();
    texts.forEach((name, value) -> clean.put(line(name), value(name, value)));
    return clean;
  }

  /** What a number is, its name says: three digits are a verification value only behind one. */
  private String value(String name, String value) {
    boolean number = value.chars().allMatch(c -> Character.isDigit(c) || c == ' ' || c == '-');
    return number && !redactor.find(name + ": " + value).isEmpty() ? WITHHELD : line(value);
  }

  private @Nullable String author(@Nullable String author) {
    return author == null ? null : line(Texts.signature(author));
  }

  private @Nullable String text(@Nullable String text) {
    return text == null ? null : line(text);
  }

  /** A label may be longer than what it stands for: the limit of the field still holds. */
  private String line(String text) {
    String clean = redactor.redact(text);
    return clean.substring(0, Math.min(clean.length(), text.length()));
  }

  private @Nullable String id(@Nullable String id) {
    return id == null || redactor.find(id).isEmpty() ? id : StableId.of(REPLACED, id);
  }
}
