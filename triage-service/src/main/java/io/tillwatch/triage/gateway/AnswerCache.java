package io.tillwatch.triage.gateway;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers by the hash of what was asked, so that the same question twice costs nothing. Those that
 * were not asked for longest go first. Thread-safe.
 */
final class AnswerCache {

  /** Characters kept, about 16 MiB at most: a thousand answers of usual length. */
  static final int CHARACTERS_MAX = 8 * 1024 * 1024;

  private final Map<String, Answer> answers = new LinkedHashMap<>(16, 0.75f, true);
  private long characters;

  synchronized Optional<Answer> of(String key) {
    return Optional.ofNullable(answers.get(key)).map(Answer::again);
  }

  synchronized void keep(String key, Answer answer) {
    if (answers.putIfAbsent(key, answer) == null) {
      characters += answer.body().length();
    }
    Iterator<Answer> oldest = answers.values().iterator();
    while (characters > CHARACTERS_MAX) {
      characters -= oldest.next().body().length();
      oldest.remove();
    }
  }
}
