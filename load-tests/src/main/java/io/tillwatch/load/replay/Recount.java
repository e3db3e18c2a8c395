package io.tillwatch.load.replay;

import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import io.tillwatch.schemas.slice.Slice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Attempts and successes counted straight from the events of a file, without the pipeline: what its
 * cells are compared with. Bounded by the number of PSPs and countries. Used by one thread.
 */
public final class Recount {

  private final Map<String, Map<String, Count>> byPspAndCountry = new TreeMap<>();

  /** How many attempts there were and how many succeeded. */
  public record Count(long attempts, long successes) {

    static final Count NONE = new Count(0, 0);

    Count plus(Count other) {
      return new Count(attempts + other.attempts, successes + other.successes);
    }

    /** As in reports: {@code attempts}, {@code approved}. */
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("attempts", attempts);
      map.put("approved", successes);
      return map;
    }
  }

  void add(SpecificRecord event) {
    PaymentStep step = stepOf(event);
    if (step != null) {
      Count one = new Count(1, Outcomes.isSuccess(step.getOutcome()) ? 1 : 0);
      byPspAndCountry
          .computeIfAbsent(step.getPsp(), psp -> new TreeMap<>())
          .merge(country(step), one, Count::plus);
    }
  }

  private static @Nullable PaymentStep stepOf(SpecificRecord event) {
    return switch (event) {
      case AuthEvent auth -> auth.getStep();
      case CaptureEvent capture -> capture.getStep();
      case RefundEvent refund -> refund.getStep();
      case WebhookEvent webhook -> webhook.getStep();
      default -> null;
    };
  }

  private static String country(PaymentStep step) {
    return Objects.requireNonNullElse(step.getIssuerCountry(), Slice.NONE);
  }

  /** All events. */
  public Count total() {
    return sum(byPsp());
  }

  /** By PSP. */
  public Map<String, Count> byPsp() {
    Map<String, Count> sums = new TreeMap<>();
    byPspAndCountry.forEach((psp, countries) -> sums.put(psp, sum(countries)));
    return sums;
  }

  /** By PSP, then by issuer country; {@code none} where the country is not known. */
  public Map<String, Map<String, Count>> byPspAndCountry() {
    return byPspAndCountry;
  }

  private static Count sum(Map<String, Count> counts) {
    return counts.values().stream().reduce(Count.NONE, Count::plus);
  }
}
