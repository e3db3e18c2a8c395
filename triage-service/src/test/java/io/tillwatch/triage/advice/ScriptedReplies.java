package io.tillwatch.triage.advice;

import io.tillwatch.triage.model.Model;
import io.tillwatch.triage.model.Prompt;
import io.tillwatch.triage.model.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A model that may ask for tools: gives one reply after the other. */
final class ScriptedReplies implements Model {

  final List<Prompt> asked = new ArrayList<>();
  private final Deque<Reply> replies = new ArrayDeque<>();

  ScriptedReplies tools(String name, String arguments, int times) {
    List<Prompt.ToolCall> calls = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      calls.add(new Prompt.ToolCall("call-" + i, name, arguments));
    }
    replies.add(new Reply("", calls, "aa", 100, 10, 7, Duration.ofMillis(40)));
    return this;
  }

  ScriptedReplies says(String text) {
    replies.add(new Reply(text, List.of(), "bb", 200, 20, 9, Duration.ofMillis(60)));
    return this;
  }

  @Override
  public String name() {
    return "some-model";
  }

  @Override
  public Reply ask(Prompt prompt) {
    asked.add(prompt);
    return replies.remove();
  }
}
