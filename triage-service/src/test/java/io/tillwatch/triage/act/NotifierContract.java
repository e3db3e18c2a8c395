package io.tillwatch.triage.act;

import static io.tillwatch.schemas.incident.ActionTarget.PAGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every notifier keeps to, whatever stands behind it. Each runs it against its own outside
 * system or a mock of it.
 */
abstract class NotifierContract {

  /** The notifier, fresh for each test. */
  abstract Notifier notifier();

  /** The verbs of the actions that had an effect at the other side, in order. */
  abstract List<ActionVerb> effects();

  /** What the other side was shown or sent, as text. */
  abstract String shown();

  @Test
  void anActionDeliveredTwiceHasOneEffect() {
    Action page = Samples.action("INC-A", PAGER, ActionVerb.TRIGGER).build();
    assertThat(notifier().deliver(page)).isInstanceOf(Delivery.Done.class);
    assertThat(notifier().deliver(page)).isInstanceOf(Delivery.Done.class);
    assertThat(effects()).containsExactly(ActionVerb.TRIGGER);
  }

  @Test
  void aSecondTriggerOfTheSameEpisodeAddsNothing() {
    notifier().deliver(Samples.action("INC-A", PAGER, ActionVerb.TRIGGER).build());
    notifier()
        .deliver(Samples.action("INC-A", PAGER, ActionVerb.TRIGGER).setActionId("another").build());
    assertThat(effects()).containsExactly(ActionVerb.TRIGGER);
  }

  @Test
  void theNextEpisodePagesAgain() {
    notifier().deliver(Samples.action("INC-A", PAGER, ActionVerb.TRIGGER).build());
    notifier().deliver(Samples.action("INC-A", PAGER, ActionVerb.RESOLVE).build());
    notifier()
        .deliver(
            Samples.action("INC-A", PAGER, ActionVerb.TRIGGER)
                .setActionId("second episode")
                .setDedupKey("INC-A/2")
                .build());
    assertThat(effects())
        .containsExactly(ActionVerb.TRIGGER, ActionVerb.RESOLVE, ActionVerb.TRIGGER);
  }

  @Test
  void everyVerbOfEveryTargetGetsAnAnswer() {
    List<Class<?>> answers = new ArrayList<>();
    for (ActionTarget target : ActionTarget.values()) {
      for (ActionVerb verb : ActionVerb.values()) {
        answers.add(notifier().deliver(Samples.action("INC-A", target, verb).build()).getClass());
      }
    }
    assertThat(answers)
        .hasSize(ActionTarget.values().length * ActionVerb.values().length)
        .isSubsetOf(Delivery.Done.class, Delivery.Refused.class, Delivery.Off.class);
  }

  @Test
  void noControlCharacterReachesTheOtherSide() {
    notifier()
        .deliver(
            Samples.action("INC-A", PAGER, ActionVerb.TRIGGER)
                .setSummary("northpay\u001b[2J\r\nfake line\u0007")
                .build());
    assertThat(shown()).contains("northpay").doesNotContain("\u001b", "\r", "\u0007", "\nfake");
  }
}
