package io.tillwatch.triage.incident;

import java.util.regex.Pattern;

/** How much one tenant's desk holds, and what happens at the limit. */
public final class DeskLimits {

  /**
   * Live incidents; about 10 KiB each. At the limit a worse newcomer displaces the least severe
   * incident that nobody was paged for; any other is refused with {@link Verdict#DESK_FULL}.
   */
  public static final int LIVE_MAX = 500;

  /** Resolved, reviewed and merged incidents kept to recognise repeats; the oldest goes first. */
  public static final int RESOLVED_MAX = 256;

  /** Bursts in one incident, about 2 KiB each; the oldest closed one goes first. */
  public static final int BURSTS_MAX = 16;

  /** Pieces of evidence in one incident; the oldest that is no longer observed goes first. */
  public static final int EVIDENCE_MAX = 40;

  /** Recent changes, notices and alerts on the docket, each; the oldest goes first. */
  public static final int RECENT_MAX = 32;

  /** Comments and chat updates per episode; later ones are only logged. */
  public static final int MESSAGES_MAX = 20;

  /**
   * Actions waiting for their result per incident: more than one episode has, all its targets away;
   * the oldest is no longer waited for.
   */
  public static final int PENDING_MAX = 128;

  /** Suppressions on record per incident; the oldest goes first, the log keeps it. */
  public static final int SUPPRESSIONS_MAX = 16;

  /** Characters of a log text; a longer one is cut. */
  public static final int LOG_TEXT_MAX = 512;

  /** Characters of a title; a longer one is cut. */
  public static final int TITLE_MAX = 200;

  /** Characters of an author's name; a longer one is cut. */
  public static final int AUTHOR_MAX = 64;

  /** Ids of commands on the docket, about 40 bytes each; the oldest goes first. */
  public static final int COMMANDS_MAX = 256;

  /** Bursts one incident remembers as split off; the oldest goes first. */
  public static final int SPLIT_OFF_MAX = 4 * BURSTS_MAX;

  /** What would end a line, or move a terminal's cursor. */
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+");

  private DeskLimits() {}

  /** One line of at most so many characters. */
  static String line(String text, int charactersMax) {
    return cut(CONTROLS.matcher(text).replaceAll(" "), charactersMax);
  }

  static String cut(String text, int charactersMax) {
    return text.length() <= charactersMax ? text : text.substring(0, charactersMax - 1) + "…";
  }
}
