package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Slice;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The leaf cells of one closed minute of one kind, as columns.
 *
 * <p>Rows are numbered from 0; each leaf has one row, in any order. It is read once, before {@link
 * Watch#closeMinute} returns, and nothing of it is kept but the slices of new leaves.
 */
public interface MinuteLeaves {

  /** Number of a leaf that has none: it is found by its name. */
  int UNNUMBERED = -1;

  /** Number of rows. */
  int size();

  /**
   * The numbering that {@link #number} belongs to: as long as it is the same, a number stands for
   * the same leaf. Whoever starts the numbers over says another epoch from then on.
   */
  long epoch();

  /**
   * The leaf's number: small, because there is an array as long as the largest one; or {@link
   * #UNNUMBERED}. A leaf that is known under its number is not looked up by its name.
   */
  int number(int row);

  /** The leaf's name; asked for when its number is not known yet. */
  Slice slice(int row);

  /** Events of any kind of outcome. */
  long events(int row);

  /** Events that were the first attempt of their payment. */
  long firstAttempts(int row);

  /** Events that either reached what their kind is for or did not. */
  long judged(int row);

  /** Those of {@link #judged} that did not. */
  long failures(int row);

  /**
   * By PSP: the events of another kind that this kind's are owed for; empty when they are not
   * known. Webhooks are owed for authorisations: the fewer of this minute's and those of the one
   * before, because some come at once and others a minute later.
   */
  default SortedMap<String, Long> causes() {
    return Collections.emptySortedMap();
  }

  /** By PSP: the fewer of the events of two minutes. */
  static SortedMap<String, Long> fewer(Map<String, Long> before, Map<String, Long> now) {
    SortedMap<String, Long> fewer = new TreeMap<>();
    before.forEach((psp, events) -> fewer.put(psp, Math.min(events, now.getOrDefault(psp, 0L))));
    return fewer;
  }

  /** Tells all else that the row counted. */
  void facts(int row, LeafFacts facts);
}
