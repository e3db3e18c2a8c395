package io.tillwatch.standalone.evaluate.safety;

import java.util.List;

/**
 * What a model answers, or what becomes of its answer on the way.
 *
 * @param raw the answer as it stands, or a fault between {@code @@}
 * @param expect name of how it has to end, one of {@link Expectations}
 * @param demands names of what has to hold besides, each a check of {@link Demands}
 */
record RawAnswer(String id, String name, String raw, String expect, List<String> demands) {

  RawAnswer {
    demands = List.copyOf(demands);
  }
}
