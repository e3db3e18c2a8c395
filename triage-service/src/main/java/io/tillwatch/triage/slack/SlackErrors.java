package io.tillwatch.triage.slack;

import static io.tillwatch.triage.outside.RetryTable.Fate.REFUSED;
import static io.tillwatch.triage.outside.RetryTable.Fate.RETRY;

import io.tillwatch.triage.outside.RetryTable;
import java.util.Set;

/**
 * What Slack's errors mean: most come as {@code "ok": false} within a 200.
 *
 * <p>Refused is what would be wrong again: the message itself. Everything else is tried again, also
 * what a person has to mend first (a token, an invitation to the channel), and so is an error that
 * is not listed: while it is tried the second channel is told.
 *
 * @see <a
 *     href="https://docs.slack.dev/reference/methods/chat.postMessage#errors">docs.slack.dev/reference/methods/chat.postMessage</a>
 */
final class SlackErrors {

  /**
   * The answers that are no 200; the page says to wait as Retry-After says. Slack refuses within a
   * 200, so that a 4xx comes from something in between (a proxy) and says nothing of the message.
   */
  static final RetryTable TABLE =
      RetryTable.citing("https://docs.slack.dev/apis/web-api/rate-limits").and(400, 599, RETRY);

  /** The message is wrong, and will be the next time. */
  private static final Set<String> WRONG =
      Set.of(
          "as_user_not_supported",
          "attachment_payload_limit_exceeded",
          "block_mismatch",
          "invalid_arg_name",
          "invalid_arguments",
          "invalid_array_arg",
          "invalid_blocks",
          "invalid_blocks_format",
          "invalid_charset",
          "invalid_form_data",
          "invalid_json",
          "invalid_metadata_format",
          "invalid_metadata_schema",
          "invalid_post_type",
          "json_not_object",
          "markdown_text_conflict",
          "metadata_must_be_sent_from_app",
          "metadata_too_large",
          "missing_post_type",
          "msg_blocks_too_long",
          "msg_too_long",
          "no_text",
          "too_many_attachments");

  /** The message that was to be edited is gone: it is posted again. */
  private static final Set<String> GONE = Set.of("message_not_found", "thread_not_found");

  /** It is there and stays as it is: what is new stands in its thread. */
  private static final Set<String> FIXED = Set.of("cant_update_message", "edit_window_closed");

  private SlackErrors() {}

  static RetryTable.Fate of(String error) {
    return WRONG.contains(error) ? REFUSED : RETRY;
  }

  static boolean gone(String error) {
    return GONE.contains(error);
  }

  static boolean fixed(String error) {
    return FIXED.contains(error);
  }
}
