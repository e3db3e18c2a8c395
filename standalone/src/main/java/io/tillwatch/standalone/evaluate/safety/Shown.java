package io.tillwatch.standalone.evaluate.safety;

/** Where people read of an incident. */
enum Shown {
  /** What goes to the pager. */
  PAGE,
  /** What goes to the tracker, evidence file and comments included. */
  TICKET,
  /** A ticket that is made only when a model has spoken: the tracker was away. */
  LATE_TICKET,
  /** What goes to the chat. */
  CHAT,
  /** The incident as the API has it, from which the first page is drawn. */
  API,
  /** The incident's log, as the first page shows it. */
  TIMELINE,
  /** The draft of a postmortem. */
  POSTMORTEM
}
