package dev.ebt.text.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.error.UserException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSamplingTest {
  private static final float[] LOGITS = logs(0.1, 0.4, 0.2, 0.3);
  private static final int DRAWS = 20_000;

  @Test
  void drawsAsOftenAsTheProbabilitySays() {
    assertFrequencies(sampling(null, null, null), 0.1, 0.4, 0.2, 0.3);
    assertFrequencies(sampling(0.5, null, null), 1 / 30.0, 16 / 30.0, 4 / 30.0, 9 / 30.0);
  }

  @Test
  void topKKeepsTheLikeliest() {
    assertFrequencies(sampling(null, 2, null), 0, 4 / 7.0, 0, 3 / 7.0);
    assertFrequencies(sampling(null, 1, null), 0, 1, 0, 0);
    assertFrequencies(sampling(null, 99, null), 0.1, 0.4, 0.2, 0.3);
  }

  @Test
  void topKKeepsAllThatAreAsLikelyAsTheLast() {
    double[] frequencies = frequencies(sampling(null, 2, null), new float[] {0, 1, 0, -1});
    double e = Math.E;
    assertThat(frequencies[0]).isCloseTo(1 / (2 + e), within(0.02));
    assertThat(frequencies[1]).isCloseTo(e / (2 + e), within(0.02));
    assertThat(frequencies[2]).isCloseTo(1 / (2 + e), within(0.02));
    assertThat(frequencies[3]).isZero();
  }

  @Test
  void topPKeepsTheSmallestSetThatReachesIt() {
    assertFrequencies(sampling(null, null, 0.0), 0, 1, 0, 0);
    assertFrequencies(sampling(null, null, 0.39), 0, 1, 0, 0);
    assertFrequencies(sampling(null, null, 0.41), 0, 4 / 7.0, 0, 3 / 7.0);
    assertFrequencies(sampling(null, null, 0.71), 0, 4 / 9.0, 2 / 9.0, 3 / 9.0);
    assertFrequencies(sampling(null, null, 1.0), 0.1, 0.4, 0.2, 0.3);
    // Equality ends: two of four equal tokens have exactly half.
    TokenSampling half = new TokenSampling(null, null, 0.5, 1L);
    assertThat(frequencies(half, new float[4])[1]).isCloseTo(1 / 2.0, within(0.02));
    assertThat(frequencies(half, new float[4])[2]).isZero();
  }

  @Test
  void minPKeepsWhatIsLikelyEnoughBesideTheLikeliest() {
    assertFrequencies(minP(null, null, null, 0.0), 0.1, 0.4, 0.2, 0.3);
    assertFrequencies(minP(null, null, null, 0.24), 0.1, 0.4, 0.2, 0.3); // 0.24 · 0.4 < 0.1
    assertFrequencies(minP(null, null, null, 0.26), 0, 4 / 9.0, 2 / 9.0, 3 / 9.0);
    assertFrequencies(minP(null, null, null, 0.74), 0, 4 / 7.0, 0, 3 / 7.0);
    assertFrequencies(minP(null, null, null, 1.0), 0, 1, 0, 0);
    // Equality keeps.
    assertThat(frequencies(minP(null, null, null, 1.0), new float[2])[1])
        .isCloseTo(0.5, within(0.02));
  }

  /** At temperature ½ the probabilities 1, 16, 4 and 9 thirtieths are compared. */
  @Test
  void minPComparesAfterTheTemperature() {
    assertFrequencies(minP(0.5, null, null, 0.24), 0, 16 / 29.0, 4 / 29.0, 9 / 29.0);
    assertFrequencies(minP(0.5, null, null, 0.26), 0, 16 / 25.0, 0, 9 / 25.0);
  }

  @Test
  void everyFilterAppliesToWhatIsLeft() {
    assertFrequencies(minP(null, 3, null, 0.7), 0, 4 / 7.0, 0, 3 / 7.0);
    // Of three, 0.4 / 0.9 is less than 0.5, 0.7 / 0.9 is not.
    assertFrequencies(minP(null, 3, 0.5, 0.1), 0, 4 / 7.0, 0, 3 / 7.0);
    assertFrequencies(minP(null, 3, 0.44, 0.1), 0, 1, 0, 0);
  }

  /** Positive logits are divided, negative ones multiplied, however often a token occurs. */
  @Test
  void repetitionPenaltyChangesTheLogitsOfTokensOfTheText() {
    TokenSampling penalty = new TokenSampling(null, null, null, null, 2.0, 1L);
    float[] logits = {2, -1, 1, -3};
    int[] text = {0, 1, 0, 3, 2};
    // Without the last token of the array, which does not precede: 1, -2, 1, -6.
    double total = Math.exp(1) + Math.exp(-2) + Math.exp(1) + Math.exp(-6);
    double[] expected = {
      Math.exp(1) / total, Math.exp(-2) / total, Math.exp(1) / total, Math.exp(-6) / total
    };
    double[] frequencies = new double[4];
    for (int seed = 0; seed < DRAWS; seed++) {
      TokenSampling sampling = new TokenSampling(null, null, null, null, 2.0, (long) seed);
      frequencies[sampling.choose(logits, text, 0, 4)] += 1.0 / DRAWS;
    }
    for (int i = 0; i < 4; i++) {
      assertThat(frequencies[i]).isCloseTo(expected[i], within(0.015));
    }
    assertThat(penalty.choose(logits, new int[] {0}, 0, 0)).isEqualTo(penalty.choose(logits, 0));
  }

  @Test
  void repetitionPenaltyAlsoChangesTheLikeliest() {
    TokenSampling penalty = new TokenSampling(0.0, null, null, null, 1.5, null);
    assertThat(penalty.choose(new float[] {3, 2.5f, 0}, new int[] {0}, 0, 1)).isEqualTo(1);
    assertThat(penalty.choose(new float[] {3, 1.9f, 0}, new int[] {0}, 0, 1)).isZero();
    assertThat(penalty.choose(new float[] {-1, -1.4f}, new int[] {0}, 0, 1)).isEqualTo(1);
    TokenSampling reward = new TokenSampling(0.0, null, null, null, 0.5, null);
    assertThat(reward.choose(new float[] {3, 2, 0}, new int[] {1}, 0, 1)).isEqualTo(1);
  }

  @Test
  void penaltiesOfExtremeLogitsStayFinite() {
    TokenSampling strongest = new TokenSampling(null, null, null, null, 1e-3, 1L);
    float[] logits = {3e38f, Float.NEGATIVE_INFINITY, -3e38f};
    assertThat(strongest.choose(logits, new int[] {0, 1, 2}, 0, 3)).isZero();
  }

  @Test
  void topPIsOfWhatTopKKeeps() {
    assertFrequencies(sampling(null, 2, 0.5), 0, 1, 0, 0);
    assertFrequencies(sampling(null, 2, 0.6), 0, 4 / 7.0, 0, 3 / 7.0);
  }

  @Test
  void temperatureZeroTakesTheFirstOfTheLargest() {
    assertThat(TokenSampling.likeliest().choose(LOGITS, 0)).isEqualTo(1);
    assertThat(TokenSampling.likeliest().choose(new float[] {-1, 2, 2, 0}, 5)).isEqualTo(1);
    assertThat(TokenSampling.likeliest().choose(new float[] {-0f, 0f}, 5)).isZero();
    assertThat(sampling(1e-300, null, null).choose(LOGITS, 0)).isEqualTo(1);
  }

  @Test
  void aDrawIsAFunctionOfSeedAndPosition() {
    TokenSampling sampling = sampling(null, null, null);
    int[] drawn = IntStream.range(0, 200).map(i -> sampling.choose(LOGITS, i)).toArray();
    sampling.choose(LOGITS, 9999);
    assertThat(IntStream.range(0, 200).map(i -> sampling.choose(LOGITS, i)).toArray())
        .isEqualTo(drawn);
    TokenSampling other = new TokenSampling(null, null, null, 2L);
    assertThat(IntStream.range(0, 200).map(i -> other.choose(LOGITS, i)).toArray())
        .isNotEqualTo(drawn);
  }

  @Test
  void largeLogitsDoNotOverflow() {
    float[] large = {3e38f, -3e38f, 3e38f};
    double[] frequencies = frequencies(sampling(0.1, null, null), large);
    assertThat(frequencies[0]).isCloseTo(0.5, within(0.02));
    assertThat(frequencies[1]).isZero();
  }

  @Test
  void whatIsNoNumberIsTold() {
    refused(new float[] {0, Float.NaN}, "position 7: the logit of token 1 is NaN");
    refused(new float[] {Float.POSITIVE_INFINITY}, "the logit of token 0 is Infinity");
    refused(new float[] {Float.NEGATIVE_INFINITY}, "every logit is -Infinity");
    float[] excluded = {Float.NEGATIVE_INFINITY, 0};
    assertThat(sampling(null, null, null).choose(excluded, 0)).isEqualTo(1);
  }

  @Test
  void settingsWithoutMeaningAreRefused() {
    for (double temperature : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> sampling(temperature, null, null))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("temperature");
    }
    assertThatThrownBy(() -> sampling(null, -1, null)).hasMessageContaining("topK");
    assertThatThrownBy(() -> sampling(null, null, 1.1)).hasMessageContaining("topP");
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> minP(null, null, null, share))
          .isInstanceOf(UserException.class)
          .hasMessage("minP is " + share + "; 0 to 1 expected");
    }
    for (double penalty : new double[] {0, -1, 1e4, Double.NaN}) {
      assertThatThrownBy(() -> new TokenSampling(null, null, null, null, penalty, null))
          .isInstanceOf(UserException.class)
          .hasMessage("repetitionPenalty is " + penalty + "; 0.001 to 1000 (1: none) expected");
    }
  }

  @Test
  void restrictionsOfDrawsAreRefusedWhereNothingIsDrawn() {
    assertThatThrownBy(() -> sampling(0.0, 3, null))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "topK is 3; 0 with temperature 0, which always takes the likeliest token, expected");
    assertThatThrownBy(() -> sampling(0.0, null, 0.9))
        .hasMessageStartingWith("topP is 0.9; 1 with");
    assertThatThrownBy(() -> minP(0.0, null, null, 0.1))
        .hasMessageStartingWith("minP is 0.1; 0 with");
    assertThat(new TokenSampling(0.0, 0, 1.0, 0.0, 2.0, null).temperature()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void stopsWhereverThePiecesAreCut(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      String text = letters(random, 30);
      List<String> stops = List.of(letters(random, 2), letters(random, 3));
      StopText whole = new StopText(stops);
      String expected = whole.push(text) + whole.finish();
      StopText cut = new StopText(stops);
      StringBuilder found = new StringBuilder();
      for (int at = 0; at < text.length(); ) {
        int end = Math.min(text.length(), at + 1 + random.nextInt(3));
        found.append(cut.push(text.substring(at, end)));
        at = end;
      }
      assertThat(found + cut.finish()).isEqualTo(expected);
      assertThat(cut.stopped()).isEqualTo(stops.stream().anyMatch(text::contains));
      assertThat(stops).noneMatch(expected::contains);
    }
  }

  @Test
  void whatMayBeginAStopIsHeldBack() {
    StopText stop = new StopText(List.of("\n\n"));
    assertThat(stop.push("a\n")).isEqualTo("a");
    assertThat(stop.push("b")).isEqualTo("\nb");
    assertThat(stop.push("\n")).isEmpty();
    assertThat(stop.push("\nc")).isEmpty();
    assertThat(stop.stopped()).isTrue();
    assertThat(stop.push("d")).isEmpty();
    assertThat(stop.finish()).isEmpty();
    StopText unfinished = new StopText(List.of("xyz"));
    assertThat(unfinished.push("axy") + unfinished.finish()).isEqualTo("axy");
    assertThat(new StopText(List.of()).push("abc")).isEqualTo("abc");
    assertThatThrownBy(() -> new StopText(List.of(""))).isInstanceOf(UserException.class);
  }

  private static TokenSampling sampling(Double temperature, Integer topK, Double topP) {
    return new TokenSampling(temperature, topK, topP, 1L);
  }

  private static TokenSampling minP(Double temperature, Integer topK, Double topP, double minP) {
    return new TokenSampling(temperature, topK, topP, minP, null, 1L);
  }

  private static void refused(float[] logits, String message) {
    assertThatThrownBy(() -> TokenSampling.likeliest().choose(logits, 7))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  private static void assertFrequencies(TokenSampling sampling, double... expected) {
    double[] frequencies = frequencies(sampling, LOGITS);
    for (int i = 0; i < expected.length; i++) {
      assertThat(frequencies[i])
          .isCloseTo(expected[i], within(expected[i] == 0 ? 0 : 4 * 0.5 / Math.sqrt(DRAWS)));
    }
  }

  private static double[] frequencies(TokenSampling sampling, float[] logits) {
    double[] frequencies = new double[logits.length];
    for (int i = 0; i < DRAWS; i++) {
      frequencies[sampling.choose(logits, i)] += 1.0 / DRAWS;
    }
    return frequencies;
  }

  private static String letters(Random random, int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append((char) ('a' + random.nextInt(3)));
    }
    return letters.toString();
  }

  private static float[] logs(double... probabilities) {
    float[] logs = new float[probabilities.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (float) Math.log(probabilities[i]) + 3;
    }
    return logs;
  }
}
