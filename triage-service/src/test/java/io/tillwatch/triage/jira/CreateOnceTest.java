package io.tillwatch.triage.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.triage.jira.CreateOnce.Sight;
import io.tillwatch.triage.jira.CreateOnce.Step;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateOnceTest {

  private static final CreateOnce.Waits WAITS =
      new CreateOnce.Waits(Duration.ofSeconds(60), Duration.ofSeconds(300));

  /**
   * Goal: what comes next after any story. Method: a story is words with the second they happen at;
   * the last column is the next step and how long until a look may end the doubt.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new                                                   | CREATE 0
          new 0:sending                                         | LOOK 60
          new 0:sending 1:refused                               | CREATE 0
          new 0:sending 8:unanswered                            | LOOK 60
          new 0:sending 8:unanswered 9:all                      | LOOK 59
          new 0:sending 8:unanswered 9:all 67:all               | LOOK 1
          new 0:sending 8:unanswered 9:all 68:all               | CREATE 0
          new 0:sending 8:unanswered 68:all                     | LOOK 0
          new 0:sending 8:unanswered 68:all 68:all              | CREATE 0
          new 0:sending 8:unanswered 9:index                    | LOOK 299
          new 0:sending 8:unanswered 9:index 69:index           | LOOK 239
          new 0:sending 8:unanswered 9:index 308:index          | CREATE 0
          new 0:sending 8:unanswered 9:index 100:all            | CREATE 0
          new 0:sending 8:unanswered 9:all 100:index            | LOOK 208
          read                                                  | LOOK 60
          read 0:all                                            | LOOK 60
          read 0:all 60:all                                     | CREATE 0
          read 0:all 60:all 60:sending 68:unanswered            | LOOK 60
          read 0:all 60:all 60:sending 68:unanswered 128:all    | LOOK 0
          read 0:all 60:all 60:sending 68:refused               | CREATE 0
          """)
  void whatComesNext(String story, String expected) {
    CreateOnce once = null;
    long now = 0;
    for (String word : story.split(" ")) {
      int colon = word.indexOf(':');
      now = colon < 0 ? 0 : seconds(Long.parseLong(word.substring(0, colon)));
      once = after(once, word.substring(colon + 1), now);
    }
    assertThat(once).isNotNull();
    assertThat(once.next() + " " + once.wait(WAITS, now).toSeconds()).isEqualTo(expected);
  }

  private static CreateOnce after(CreateOnce once, String word, long now) {
    return switch (word) {
      case "new" -> CreateOnce.untried();
      case "read" -> CreateOnce.maybeTried(now);
      case "sending" -> once.sending(now);
      case "unanswered" -> once.unanswered(now);
      case "refused" -> once.madeNothing();
      case "all" -> once.foundNone(Sight.ALL, WAITS, now);
      case "index" -> once.foundNone(Sight.INDEX, WAITS, now);
      default -> throw new IllegalArgumentException(word);
    };
  }

  /**
   * Goal: never two issues. Method: random stories against a Jira that makes the issue of an
   * unanswered create at any time within the settling time, and indexes it at any time within the
   * lag; 20,000 seeds.
   */
  @Test
  void thereAreNeverTwoAndInTheEndThereIsOne() {
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      long[] madeAt = new long[50];
      long[] indexedAt = new long[50];
      int made = 0;
      CreateOnce once = CreateOnce.untried();
      long now = random.nextLong();
      long end = now + seconds(3_600);
      boolean known = false;
      while (!known && now - end < 0) {
        if (once.next() == Step.CREATE) {
          once = once.sending(now);
          int fate = random.nextInt(10);
          now += seconds(random.nextInt(9));
          if (fate < 4 || now - end > -seconds(1_000)) {
            madeAt[made++] = now;
            known = true;
          } else if (fate < 6) {
            once = once.madeNothing();
          } else {
            once = once.unanswered(now);
            if (fate < 9) {
              madeAt[made] = now + seconds(random.nextInt(60));
              indexedAt[made] = madeAt[made] + seconds(random.nextInt(240));
              made++;
            }
          }
        } else {
          boolean all = random.nextBoolean();
          for (int i = 0; i < made; i++) {
            known |= (all ? madeAt[i] : indexedAt[i]) - now <= 0;
          }
          if (!known) {
            once = once.foundNone(all ? Sight.ALL : Sight.INDEX, WAITS, now);
          }
        }
        now += seconds(1 + random.nextInt(30));
      }
      assertThat(made).as("issues, seed %d", seed).isEqualTo(1);
      assertThat(known).as("known, seed %d", seed).isTrue();
    }
  }

  @Test
  void oneLookIsNotEnough() {
    CreateOnce once = CreateOnce.untried().sending(0).unanswered(0);
    assertThat(once.foundNone(Sight.ALL, WAITS, seconds(3_000)).next()).isEqualTo(Step.LOOK);
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
