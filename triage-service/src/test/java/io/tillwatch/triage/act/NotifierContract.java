package io.tillwatch.triage.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.Samples;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every notifier keeps to, whatever stands behind it. Each runs it against its own outside
 * system or a mock of it; by default as a pager does.
 */
public abstract class NotifierContract {

  /** The notifier, the same within a test, fresh for each. */
  protected abstract Notifier notifier();

  /** The verbs of the actions that had an effect at the other side, in order. */
  protected abstract List<ActionVerb> effects();

  /** What the other side was shown or sent, as text. */
  protected abstract String shown();

  /** The target it serves. */
  protected ActionTarget target() {
    return ActionTarget.PAGER;
  }

  /** The verb by which the other side first hears of an episode. */
  protected ActionVerb opening() {
    return ActionVerb.TRIGGER;
  }

  /** The verb by which the other side hears that it is over. */
  protected ActionVerb closing() {
    return ActionVerb.RESOLVE;
  }

  /** Every target that it may be handed actions of. */
  protected Set<ActionTarget> targets() {
    return EnumSet.of(target());
  }

  @Test
  protected final void anActionDeliveredTwiceHasOneEffect() {
    Action page = action(opening()).build();
    assertThat(deliver(page)).isInstanceOf(Delivery.Done.class);
    assertThat(deliver(page)).isInstanceOf(Delivery.Done.class);
    assertThat(effects()).containsExactly(opening());
  }

  @Test
  protected final void aSecondOpeningOfTheSameEpisodeAddsNothing() {
    deliver(action(opening()).build());
    deliver(action(opening()).setActionId("another").build());
    assertThat(effects()).containsExactly(opening());
  }

  @Test
  protected final void everyVerbOfEveryTargetGetsAnAnswer() {
    List<Class<?>> answers = new ArrayList<>();
    for (ActionTarget target : targets()) {
      for (ActionVerb verb : ActionVerb.values()) {
        answers.add(deliver(Samples.action("INC-A", target, verb).build()).getClass());
      }
    }
    assertThat(answers)
        .hasSize(targets().size() * ActionVerb.values().length)
        .isSubsetOf(
            Delivery.Done.class, Delivery.Held.class, Delivery.Refused.class, Delivery.Off.class);
  }

  @Test
  protected final void noControlCharacterReachesTheOtherSide() {
    deliver(action(opening()).setSummary("northpay\u001b[2J\r\nfake line\u0007").build());
    assertThat(shown())
        .contains("northpay")
        .doesNotContain("\u001b", "\r", "\u0007", "\nfake", "\\u001b", "\\u0007");
  }

  private Action.Builder action(ActionVerb verb) {
    return Samples.action("INC-A", target(), verb);
  }

  private Delivery deliver(Action action) {
    return notifier().deliver(Errand.of(action));
  }
}
