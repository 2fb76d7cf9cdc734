package dev.ebt.text.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LikelyTokenTest {
  private static final float[] LOGITS = {0, (float) Math.log(3), 0, Float.NEGATIVE_INFINITY};

  @Test
  void tokensAreInTheOrderOfTheirProbabilities() {
    List<LikelyToken> likely = LikelyToken.of(LOGITS, 3);

    assertThat(likely).extracting(LikelyToken::token).containsExactly(1, 0, 2);
    assertThat(likely.get(0).probability()).isCloseTo(0.6, within(1e-6));
    assertThat(likely.get(1).probability()).isCloseTo(0.2, within(1e-6));
  }

  @Test
  void moreThanThereAreIsAllOfThem() {
    assertThat(LikelyToken.of(LOGITS, 9)).hasSize(4);
    assertThat(LikelyToken.of(LOGITS, 9).get(3)).isEqualTo(new LikelyToken(3, 0));
  }
}
