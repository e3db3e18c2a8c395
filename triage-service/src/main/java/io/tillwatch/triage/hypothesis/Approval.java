package io.tillwatch.triage.hypothesis;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a step changes something, so that somebody has to approve of it first.
 *
 * <p>Nobody declares it: a step is judged by its words, whoever wrote it. Only looking, asking and
 * telling is free: each of its sentences begins with such a verb, and none holds a word that moves
 * traffic, money or software. Whatever else it says is marked, which costs a glance where it was
 * harmless. Pure and thread-safe.
 */
public final class Approval {

  private static final Set<String> LOOKING =
      words(
          """
          ask call check compare count examine fetch find gather inspect know list look
          measure monitor not note nothing observe open query read search see tell trace
          verify wait watch
          """);

  private static final Set<String> CHANGING =
      words(
          """
          acknowledge activate allow approve away ban block breaker bypass cancel capture
          charge chargeback close deactivate delete deploy disable disabling downgrade drain
          drop enable exempt fail failover force ignore kill lower merge move moving off
          override payout purge raise reboot redeploy redirect reduce refund refunding
          refunds remove renew replay replaying reroute rerouting resend reset resolve
          restart restore retry reverse revert revoke roll rollback rolling rotate route
          routing scale send shorten silence skip stop suppress switch switching terminate
          throttle upgrade void whitelist
          """);

  private static final Pattern SENTENCES = Pattern.compile("[.;!?\\n]+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Approval() {}

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /** Whether somebody has to approve of this step; nobody of none. */
  public static boolean isNeededFor(String step) {
    return SENTENCES.splitAsStream(step.toLowerCase(Locale.ROOT)).anyMatch(Approval::changes);
  }

  private static boolean changes(String sentence) {
    String[] words = NO_WORD.split(sentence.strip());
    if (words.length == 0 || (words.length == 1 && words[0].isEmpty())) {
      return false;
    }
    return !LOOKING.contains(words[0]) || Arrays.stream(words).anyMatch(CHANGING::contains);
  }
}
