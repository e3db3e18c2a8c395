package io.tillwatch.triage.statuspage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of asking for a summary. */
sealed interface PageAnswer {

  /**
   * What the next question is held against, so that an unchanged page need not be sent again.
   *
   * @param etag entity tag; null when there is none
   * @param lastModified date as the page wrote it; null when there is none
   */
  record Validators(@Nullable String etag, @Nullable String lastModified) {

    static final Validators NONE = new Validators(null, null);
  }

  /** A body of at most {@link PageClient#BODY_BYTES_MAX}. */
  record Body(byte[] bytes, Validators validators) implements PageAnswer {}

  /** Nothing changed. */
  record NotModified() implements PageAnswer {}

  /**
   * No summary.
   *
   * @param detail for people, nothing of the body
   * @param askedToWait how long the page wants to be left alone; zero when it does not say
   */
  record Failed(Look why, String detail, Duration askedToWait) implements PageAnswer {

    static Failed of(Look why, String detail) {
      return new Failed(why, detail, Duration.ZERO);
    }
  }
}
