package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.interact.GivenAnswers;
import dev.ebt.interact.Input;
import dev.ebt.interact.Verification;
import dev.ebt.interact.Verification.Order;
import dev.ebt.interact.Verification.Ranked;
import dev.ebt.modality.Batch;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.RunParts;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.text.token.ByteTokenizer;
import dev.ebt.think.Thinker;
import dev.ebt.train.TrainingStepper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers in windows of six letters without separator, or of bytes with one. */
class TextAnswersTest {
  private static final TextModality LETTERS = SmallText.modality();
  private static final TextModality BYTES =
      new TextModality(
          new TextSettings(SmallText.LENGTH, null, TextSettings.Initial.ZEROS, null),
          new ByteTokenizer());

  private static GivenAnswers read(
      TextModality modality, String context, String answers, boolean truncate) {
    return new TextAnswers()
        .read(modality, Input.of("c.txt", context), Input.of("a.txt", answers), truncate);
  }

  private static void refused(
      TextModality modality, String context, String answers, boolean truncate, String message) {
    assertThatThrownBy(() -> read(modality, context, answers, truncate))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }

  private static long[] longs(int... values) {
    return IntStream.of(values).asLongStream().toArray();
  }

  @Test
  void onlyTokensOfAnswersCount() {
    GivenAnswers given = read(LETTERS, "abc\n", "de\na\n", false);
    assertThat(given.answers())
        .containsExactly(new GivenAnswers.Answer("de", 2, 2), new GivenAnswers.Answer("a", 1, 1));
    Batch batch = given.examples().batch(0, 1);
    assertThat(batch.context().get("tokens").longs())
        .containsExactly(longs(0, 1, 2, 3, 0, 0, 0, 1, 2, 0, 0, 0));
    assertThat(batch.target().longs()).containsExactly(longs(1, 2, 3, 4, 0, 0, 1, 2, 0, 0, 0, 0));
    assertThat(batch.weight().floats()).containsExactly(0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0);
  }

  @Test
  void separatorComesBeforeTheContext() {
    GivenAnswers given = read(BYTES, "", "ü\r\nx", false);
    assertThat(given.answers())
        .containsExactly(new GivenAnswers.Answer("ü", 2, 2), new GivenAnswers.Answer("x", 1, 1));
    Batch batch = given.examples().batch(1);
    assertThat(batch.context().get("tokens").longs()).containsExactly(longs(0, 0, 0, 0, 0, 0));
    assertThat(batch.target().longs()).containsExactly(longs('x', 0, 0, 0, 0, 0));
    assertThat(batch.weight().floats()).containsExactly(1, 0, 0, 0, 0, 0);
  }

  /** Seven letters have room: the last one is predicted only. */
  @Test
  void contextThatIsTooLongIsRefusedOrTruncatedForAllAlike() {
    assertThat(read(LETTERS, "abcde", "ab", false).answers()).hasSize(1);
    refused(
        LETTERS,
        "abcdea",
        "b\nab",
        false,
        "the context has 6 tokens and answer 2 has 2, but the model sees 7 together"
            + " (modality.length); shorten the context, or leave its beginning out with"
            + " --truncate left");
    Batch batch = read(LETTERS, "abcdea", "b\nab", true).examples().batch(0, 1);
    assertThat(batch.context().get("tokens").longs())
        .containsExactly(longs(1, 2, 3, 4, 0, 0, 1, 2, 3, 4, 0, 0));
    refused(
        LETTERS,
        "a",
        "abcdeab",
        true,
        "answer 1 has 7 tokens; at most 6 expected, the window of the model (modality.length)");
  }

  @Test
  void mistakesNameTheirPlace() {
    refused(
        LETTERS, "a", "b\n\nc\n", false, "a.txt, line 2 is empty; one answer per line expected");
    refused(LETTERS, "a", "b\n\n", false, "a.txt, line 2 is empty; one answer per line expected");
    refused(LETTERS, "a", "", false, "a.txt is empty; one answer per line expected");
    refused(LETTERS, "a", "\n", false, "a.txt is empty; one answer per line expected");
    refused(
        LETTERS,
        "\n",
        "b",
        false,
        "c.txt is empty, and the tokenizer has no separator of documents to begin with; a context"
            + " of at least one token expected");
    refused(
        BYTES,
        "a",
        "b\nc\0d",
        false,
        "a.txt, line 2: the text contains token 0, which separates documents; take it out");
  }

  private static Components components(String model, String more) {
    return Components.of(
        Plugins.discover(List.of()),
        Configurations.parse(
            Plugins.discover(List.of()),
            "test",
            "backend: reference\nmodality: {name: text, length: 6, initial: zeros}\nmodel: "
                + model
                + "\n"
                + more,
            Overrides.none()));
  }

  private static RunParts parts(Components components) {
    RunParts parts = components.get(RunParts.class);
    TrainingStepper.initialize(parts.backend(), parts.parameters(), 9);
    return parts;
  }

  /** A candidate of very different logits is as good as one-hot. */
  private static double energy(RunParts parts, Batch batch, int position) {
    try (Thinker thinker = parts.thinker(1)) {
      thinker.observe(batch.context());
      float[] logits = new float[6 * 256];
      for (int i = 0; i < 6; i++) {
        logits[i * 256 + (int) batch.target().longs()[i]] = 1000;
      }
      thinker.begin(Array.of(Shape.of(1, 6, 256), logits));
      return thinker.energy().real(position);
    }
  }

  @Test
  void energiesAreThoseOfTheAnswersAsCandidates() {
    try (Components components =
        components(
            "{name: autoregressive, layers: 1, heads: 2, width: 8}",
            "thinking: {landscapes: 1, updateRule: mirror}\n")) {
      RunParts parts = parts(components);
      GivenAnswers given = read((TextModality) parts.modality(), "ab", "cd\nxyz\nq", false);
      Verification found = Verification.of(parts, given, Order.TOTAL, 2);
      assertThat(found.measure()).isEqualTo(Verification.Measure.ENERGY);
      for (Ranked answer : found.answers()) {
        Batch batch = given.examples().batch(answer.number() - 1);
        for (int i = 0; i < answer.values().size(); i++) {
          assertThat(answer.values().get(i))
              .as("token %d of answer %d", i, answer.number())
              .isCloseTo(energy(parts, batch, 2 + i), within(1e-9));
        }
        assertThat(answer.perPrediction())
            .isCloseTo(answer.total() / answer.values().size(), within(1e-12));
      }
      for (Order order : Order.values()) {
        List<Double> ranked =
            Verification.of(parts, given, order, 2).answers().stream().map(order::of).toList();
        assertThat(ranked).as("%s, the lowest first", order).isSorted();
      }
    }
  }

  @Test
  void modelsWithoutEnergyRankByLikelihood() {
    try (Components components =
        components(
            "{name: transformer, layers: 1, heads: 2, width: 8}",
            "objective: {name: likelihood}\n")) {
      RunParts parts = parts(components);
      GivenAnswers given = read((TextModality) parts.modality(), "ab", "cd\nü\nq", false);
      Verification found = Verification.of(parts, given, Order.LENGTH, 16);
      assertThat(found.measure()).isEqualTo(Verification.Measure.LOG_LIKELIHOOD);
      List<Double> ranked =
          new ArrayList<>(found.answers().stream().map(Order.LENGTH::of).toList());
      assertThat(ranked).allMatch(value -> value < 0);
      Collections.reverse(ranked);
      assertThat(ranked).as("the highest first").isSorted();
      assertThat(Verification.of(parts, given, Order.LENGTH, 1)).isEqualTo(found);
    }
  }
}
