package io.tillwatch.standalone.chaos;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionOutcome;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.standalone.chaos.ChatStub.Message;
import io.tillwatch.standalone.chaos.WireLog.Entry;
import io.tillwatch.standalone.chaos.WireLog.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What triage has on record against what its channel shows.
 *
 * <pre>
 *   messages per episode = 1                  each thing said once, in its episode's thread
 *   notices per page that failed ≤ 1          said, and shown, in the order it was decided
 *   a message shows the last that was said    nothing that nobody asked for
 * </pre>
 *
 * <p>This is what the adapter promises of a channel that it may read and whose last hundred
 * messages reach back to the attempt that got no answer. Beyond that it says a thing twice rather
 * than not at all.
 */
final class ChatChecker {

  /** Ends the id of the notice of an action that its target did not take. */
  private static final String NOTICE = "/second-channel";

  private final Map<String, Action> asked = new LinkedHashMap<>();
  private final Map<String, Integer> turn = new HashMap<>();
  private final Map<String, Message> posts = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  private ChatChecker(OnRecord record) {
    for (Action action : record.actions()) {
      asked.put(action.getActionId(), action);
      turn.put(action.getActionId(), turn.size());
    }
  }

  /** What does not hold; none when all does. */
  static List<String> check(OnRecord record, List<Message> channel, List<Entry> wire) {
    ChatChecker checker = new ChatChecker(record);
    channel.forEach(message -> checker.posts.put(message.ts(), message));
    checker.saidOnce(record, channel);
    checker.oneMessagePerEpisode(channel);
    checker.inItsThread(channel);
    checker.order(wire);
    checker.showsTheLast(record, channel);
    return checker.violations;
  }

  private void saidOnce(OnRecord record, List<Message> channel) {
    Map<String, Integer> said = new HashMap<>();
    channel.forEach(message -> said.merge(message.postedFor(), 1, Integer::sum));
    for (ActionResult result : record.results()) {
      if (result.getTarget() != ActionTarget.CHAT) {
        continue;
      }
      if (result.getOutcome() != ActionOutcome.DONE) {
        violations.add("chat: %s is %s".formatted(result.getActionId(), result.getOutcome()));
      } else if (said.getOrDefault(result.getActionId(), 0) == 0) {
        violations.add("chat: %s was never said".formatted(result.getActionId()));
      }
    }
    said.forEach((id, times) -> {
      if (times > 1) {
        violations.add("chat: %s was said %d times".formatted(id, times));
      }
      if (!isAsked(id)) {
        violations.add("chat: nobody asked for '%s'".formatted(id));
      }
    });
  }

  private boolean isAsked(String id) {
    if (id.endsWith(NOTICE)) {
      Action failed = asked.get(id.substring(0, id.length() - NOTICE.length()));
      return failed != null && failed.getTarget() != ActionTarget.CHAT;
    }
    Action action = asked.get(id);
    return action != null && action.getTarget() == ActionTarget.CHAT;
  }

  private void oneMessagePerEpisode(List<Message> channel) {
    Map<String, Integer> messages = new HashMap<>();
    channel.stream()
        .filter(message -> !message.episode().isEmpty())
        .forEach(message -> messages.merge(message.episode(), 1, Integer::sum));
    Set<String> episodes = new HashSet<>();
    asked.values().stream()
        .filter(action -> action.getTarget() == ActionTarget.CHAT)
        .forEach(action -> episodes.add(action.getDedupKey()));
    for (String episode : episodes) {
      int count = messages.getOrDefault(episode, 0);
      if (count != 1) {
        violations.add("chat: %s has %d messages".formatted(episode, count));
      }
    }
  }

  private void inItsThread(List<Message> channel) {
    for (Message message : channel) {
      Action action = asked.get(message.postedFor());
      if (message.thread().isEmpty() || action == null) {
        continue;
      }
      Message parent = posts.get(message.thread());
      if (parent == null || !parent.episode().equals(action.getDedupKey())) {
        violations.add("chat: %s is in another thread".formatted(message.postedFor()));
      }
    }
  }

  /** Posts and edits of an episode, each as first made: repeated ones change nothing. */
  private void order(List<Entry> wire) {
    Map<String, Entry> lastPost = new HashMap<>();
    Map<String, Entry> lastEdit = new HashMap<>();
    for (Entry entry : wire) {
      Action action = asked.get(entry.key());
      if (!entry.effect() || action == null) {
        continue;
      }
      Map<String, Entry> last = entry.verb() == Verb.EDIT ? lastEdit : lastPost;
      Entry before = last.put(action.getDedupKey(), entry);
      if (before != null && turn(entry) < turn(before)) {
        violations.add("chat: %s %s after %s".formatted(entry.verb(), entry.key(), before.key()));
      }
    }
  }

  private int turn(Entry entry) {
    return turn.getOrDefault(entry.key(), -1);
  }

  private void showsTheLast(OnRecord record, List<Message> channel) {
    Map<String, String> last = new HashMap<>();
    Set<String> settled = record.settled();
    asked.values().stream()
        .filter(action -> action.getTarget() == ActionTarget.CHAT)
        .filter(action -> settled.contains(action.getActionId()))
        .forEach(action -> last.put(action.getDedupKey(), action.getActionId()));
    for (Message message : channel) {
      String expected = last.get(message.episode());
      if (expected != null && !expected.equals(message.shows())) {
        violations.add(
            "chat: the message of %s shows %s, expected %s"
                .formatted(message.episode(), message.shows(), expected));
      }
    }
  }
}
