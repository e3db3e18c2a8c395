package io.tillwatch.topology.cube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.rules.RuleFile;
import io.tillwatch.rules.source.InvalidRules;
import io.tillwatch.topology.detect.WatchPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which rules the minutes of one kind of event are judged by, from which minute on, as it is stored
 * in the transaction that closed the minute before: JSON, for a reader of the changelog too.
 *
 * @param changes the latest of them, oldest first, {@link #CHANGES_MAX} at most
 * @param files texts of the last one without its runbooks, of which nothing is watched; empty
 *     beyond {@link #CHARACTERS_MAX}
 */
record RulesOfMinutes(List<Change> changes, List<RuleFile> files) {

  /** Changes that are remembered. */
  static final int CHANGES_MAX = 20;

  /**
   * Characters of all files beyond which their texts are not stored, well below a record's size.
   */
  static final int CHARACTERS_MAX = 200_000;

  private static final Logger LOG = LoggerFactory.getLogger(RulesOfMinutes.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Rules that count from a minute on.
   *
   * @param fromMillis start of the first minute, epoch milliseconds UTC
   * @param hash of the site's files
   */
  record Change(long fromMillis, String hash) {}

  RulesOfMinutes {
    changes = List.copyOf(changes);
    files = List.copyOf(files);
  }

  /** What was stored; null when nothing was. */
  static @Nullable RulesOfMinutes of(byte @Nullable [] stored) {
    try {
      return stored == null ? null : JSON.readValue(stored, RulesOfMinutes.class);
    } catch (IOException e) {
      throw new IllegalStateException("stored rules that cannot be read", e);
    }
  }

  byte[] toBytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("rules that cannot be stored", e);
    }
  }

  /** These, and from a minute on those of a plan. */
  static RulesOfMinutes after(@Nullable RulesOfMinutes before, long fromMillis, WatchPlan plan) {
    List<Change> changes = new ArrayList<>(before == null ? List.of() : before.changes);
    changes.add(new Change(fromMillis, plan.hash()));
    List<RuleFile> files = RuleFile.withoutRunbooks(plan.files());
    int characters = files.stream().mapToInt(file -> file.text().length()).sum();
    return new RulesOfMinutes(
        changes.subList(Math.max(0, changes.size() - CHANGES_MAX), changes.size()),
        characters <= CHARACTERS_MAX ? files : List.of());
  }

  /** Hash of the rules that the last minute was judged by. */
  String hash() {
    return changes.getLast().hash();
  }

  /**
   * The plan of the minutes that were closed last: what is lived through again after a stop is
   * judged as it was. The newest one, where that cannot be read any more: it has another hash then.
   */
  WatchPlan plan(WatchPlan newest) {
    String hash = hash();
    if (hash.equals(newest.hash())) {
      return newest;
    }
    try {
      if (!files.isEmpty() || hash.equals(WatchPlan.DEFAULT.hash())) {
        return WatchPlan.ofRulesAlone(files, hash);
      }
      LOG.warn(
          "Rules {} are not stored: {} count from the last checkpoint on", hash, newest.hash());
    } catch (InvalidRules e) {
      LOG.warn("Rules {} cannot be used any more, {} do", hash, newest.hash(), e);
    }
    return newest;
  }
}
