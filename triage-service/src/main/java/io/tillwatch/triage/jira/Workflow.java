package io.tillwatch.triage.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The transitions that an issue has where it stands, and which of them leads where we want.
 *
 * @param transitions in the order Jira names them
 */
record Workflow(List<Transition> transitions) {

  /**
   * One transition.
   *
   * @param to name of the status it leads to
   * @param done whether that status counts as done
   */
  record Transition(String id, String name, String to, boolean done) {}

  Workflow {
    transitions = List.copyOf(transitions);
  }

  static Workflow read(JsonNode answer) {
    List<Transition> transitions = new ArrayList<>();
    for (JsonNode each : answer.path("transitions")) {
      JsonNode to = each.path("to");
      transitions.add(
          new Transition(
              each.path("id").asText(),
              each.path("name").asText(),
              to.path("name").asText(),
              Issue.isDone(to)));
    }
    return new Workflow(transitions);
  }

  /** The one of that name, or that leads to the status of that name. */
  Optional<Transition> named(String name) {
    return transitions.stream()
        .filter(each -> each.name().equalsIgnoreCase(name) || each.to().equalsIgnoreCase(name))
        .findFirst();
  }

  /** The one that closes: the named one, or with no name the first that leads to done. */
  Optional<Transition> closing(String name) {
    return name.isEmpty() ? transitions.stream().filter(Transition::done).findFirst() : named(name);
  }

  /** Their names, for messages. */
  List<String> names() {
    return transitions.stream().map(Transition::name).toList();
  }
}
