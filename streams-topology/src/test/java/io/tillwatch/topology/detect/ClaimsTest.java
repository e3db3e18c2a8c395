package io.tillwatch.topology.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: a minute of a leaf is claimed from the onset to the end of the burst that explains it. */
class ClaimsTest {

  private final Leaves leaves = new Leaves();
  private final Claims claims = new Claims();
  private final int north = leaves.add(Rails.leaf(0, 0, 0, 0));
  private final int alpine = leaves.add(Rails.leaf(1, 0, 0, 0));

  @Test
  void onlyLeavesUnderTheRootsAreClaimed() {
    claim(Claims.OPEN);

    assertThat(claims.covers(leaves.claims[north], 100)).isTrue();
    assertThat(claims.covers(leaves.claims[alpine], 100)).isFalse();
    assertThat(claims.bitsOf(Rails.leaf(0, 3, 5, 0))).isEqualTo(1);
  }

  @Test
  void minutesBeforeTheOnsetAndAfterTheEndAreFree() {
    claim(200);
    long bits = leaves.claims[north];

    assertThat(claims.covers(bits, 99)).isFalse();
    assertThat(claims.covers(bits, 100)).isTrue();
    assertThat(claims.covers(bits, 200)).isTrue();
    assertThat(claims.covers(bits, 201)).isFalse();
    assertThat(claims.isOpen(bits)).isFalse();
  }

  @Test
  void aBurstSeesItsOwnMinutes() {
    claim(Claims.OPEN);

    assertThat(claims.coversBeside(0, leaves.claims[north], 150)).isFalse();
    assertThat(claims.firstOpen(leaves.claims[north])).isZero();
  }

  @Test
  void anExpiredClaimFreesItsSlot() {
    claim(200);
    assertThat(claims.freeSlot()).isEqualTo(1);

    claims.expire(201, leaves);
    assertThat(claims.freeSlot()).isZero();
    assertThat(leaves.claims[north]).isZero();
  }

  private void claim(long until) {
    claims.set(0, new Claims.Claim(List.of(Rails.cell("psp", "northpay")), 100, until), leaves);
  }
}
