package io.tillwatch.load.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The purchases that further rows may belong to. */
final class Purchases {

  /** Purchases remembered at once, about 10 MB; beyond it the one seen longest ago is forgotten. */
  private static final int OPEN_MAX = 50_000;

  private final PurchaseRule rule;
  private final Map<List<@Nullable String>, Purchase> open =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<@Nullable String>, Purchase> eldest) {
          return size() > OPEN_MAX;
        }
      };

  /** Where a row belongs: the payment and the attempt's number within it. */
  record Place(String paymentId, int attempt) {}

  private record Purchase(String id, long startMillis, int attempts) {}

  Purchases(PurchaseRule rule) {
    this.rule = rule;
  }

  /** The place of a row; a new purchase is named by its first event. */
  Place place(Row row, String eventId, long millis, boolean succeeded) {
    List<@Nullable String> key = new ArrayList<>();
    rule.same().forEach(column -> key.add(row.get(column)));
    Purchase known = open.get(key);
    boolean joins =
        known != null
            && millis >= known.startMillis
            && millis - known.startMillis <= rule.within().toMillis();
    Purchase now =
        known != null && joins
            ? new Purchase(known.id, known.startMillis, known.attempts + 1)
            : new Purchase(eventId, millis, 1);
    if (succeeded) {
      open.remove(key);
    } else {
      open.put(key, now);
    }
    return new Place(now.id, now.attempts);
  }
}
