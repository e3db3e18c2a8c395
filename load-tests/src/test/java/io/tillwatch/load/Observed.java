package io.tillwatch.load;

import io.tillwatch.load.model.Delivery;
import io.tillwatch.load.model.Disturbance;
import io.tillwatch.load.model.Traffic;
import io.tillwatch.load.model.World;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.event.CaptureEvent;
import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.event.RefundEvent;
import io.tillwatch.schemas.event.WebhookEvent;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** A stretch of traffic, collected to be looked at. */
public record Observed(List<Delivery> deliveries) {

  /** All that is delivered from a moment on, for a while. */
  public static Observed of(
      World world, List<Disturbance> disturbances, Instant from, Duration length) {
    Traffic traffic = new Traffic(world, disturbances, from);
    long end = from.plus(length).toEpochMilli();
    List<Delivery> deliveries = new ArrayList<>();
    while (traffic.nextAtMillis() < end) {
      deliveries.add(traffic.next());
    }
    return new Observed(deliveries);
  }

  /** The steps of one type of event with their event time in a span, each event once. */
  public List<PaymentStep> steps(Class<?> type, Instant from, Instant to) {
    Set<String> seen = new HashSet<>();
    return deliveries.stream()
        .map(Delivery::event)
        .filter(type::isInstance)
        .flatMap(Observed::step)
        .filter(step -> !step.getEventTime().isBefore(from) && step.getEventTime().isBefore(to))
        .filter(step -> seen.add(step.getEventId()))
        .toList();
  }

  public List<PaymentStep> steps(Class<?> type) {
    return steps(type, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE));
  }

  public static Stream<PaymentStep> step(SpecificRecord event) {
    return switch (event) {
      case AuthEvent auth -> Stream.of(auth.getStep());
      case CaptureEvent capture -> Stream.of(capture.getStep());
      case RefundEvent refund -> Stream.of(refund.getStep());
      case WebhookEvent webhook -> Stream.of(webhook.getStep());
      default -> Stream.of();
    };
  }

  /** Share of successes among the steps that are judged. */
  public static double rate(List<PaymentStep> steps) {
    List<PaymentStep> judged =
        steps.stream().filter(step -> step.getOutcome() != Outcome.CHALLENGED).toList();
    Set<Outcome> good = Set.of(Outcome.APPROVED, Outcome.SUCCEEDED, Outcome.DELIVERED);
    long successes = judged.stream().filter(step -> good.contains(step.getOutcome())).count();
    return (double) successes / judged.size();
  }

  /** Whether a step belongs to a scope given by dimension labels. */
  public static Predicate<PaymentStep> in(Map<String, String> scope, World world) {
    Slice slice = Slice.of(scope);
    Map<String, String> ranges =
        world.binRanges().stream()
            .collect(Collectors.toMap(each -> each.getStart().substring(0, 6), BinRange::getId));
    return step -> slice.covers(leaf(step, ranges));
  }

  /** The leaf of a step; ranges of the model are named by the first six digits of their BINs. */
  private static Slice leaf(PaymentStep step, Map<String, String> ranges) {
    String bin = Objects.requireNonNull(step.getBin());
    String range = Objects.requireNonNull(ranges.get(bin.substring(0, 6)));
    return Slice.leaf(new String[Dimension.ALL.size()])
        .with(Dimension.PSP, step.getPsp())
        .with(Dimension.BIN_RANGE, range)
        .with(Dimension.REGION, step.getRegion())
        .with(Dimension.SCHEME, step.getScheme())
        .with(Dimension.ISSUER_COUNTRY, step.getIssuerCountry())
        .with(Dimension.MERCHANT_ACCOUNT, Objects.requireNonNull(step.getMerchantAccount()))
        .with(Dimension.CONNECTOR_VERSION, Objects.requireNonNull(step.getConnectorVersion()));
  }
}
