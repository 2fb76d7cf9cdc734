package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Tokenizer;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.text.TextSettings.Initial;
import dev.ebt.text.token.ByteTokenizer;
import dev.ebt.text.window.Tokens;
import dev.ebt.text.window.TrainingWindows;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextModalityTest {
  private static final double LN2 = Math.log(2);

  private final TextModality bytes =
      new TextModality(new TextSettings(4, null, null, null), new ByteTokenizer());
  private final TextModality words =
      new TextModality(new TextSettings(4, null, Initial.ZEROS, null), new Words());

  @Test
  void sizesFollowLengthAndVocabulary() {
    assertThat(bytes.predictions()).isEqualTo(Shape.of(4));
    assertThat(bytes.candidate()).isEqualTo(Shape.of(4, 256));
    assertThat(bytes.context().get(0).shape(3)).isEqualTo(Shape.of(3, 4));
    assertThat(bytes.target().shape(3)).isEqualTo(Shape.of(3, 4));
    assertThat(new TextSettings(null, null, null, null).length()).isEqualTo(128);
  }

  @Test
  void lossIsTheSurprisalOfTheTarget() {
    Array logits = Array.of(Shape.of(1, 2, 3), 0.0, Math.log(2), Math.log(5), 1e4, 0, -1e4);
    Array target = Array.of(Shape.of(1, 2), 1L, 2L);
    Tensor loss = words.loss(Tensor.constant(logits), Tensor.constant(target));
    assertThat(run(loss).doubles()).containsExactly(new double[] {Math.log(4), 2e4}, within(1e-9));
    Map<String, Tensor> measures =
        words.metrics(Tensor.constant(logits), Tensor.constant(Array.of(Shape.of(1, 2), 2L, 1L)));
    assertThat(run(measures.get("accuracy")).doubles()).containsExactly(1, 0);
    assertThat(run(measures.get("bytes")).doubles()).containsExactly(3, 4);
  }

  @Test
  void parametersHaveTheNamesAndLayoutsThatWerePublished() {
    Parameters parameters = new Parameters();
    Tensor tokens = Tensor.constant(Array.of(Shape.of(1, 2), 1L, 0L));
    Tensor embedded = words.embedContext(NamedTensors.of("tokens", tokens), 2, parameters);
    Array probabilities = Array.of(Shape.of(1, 1, 3), 0.5, 0.25, 0.25);
    Tensor candidate = words.embedCandidate(Tensor.constant(probabilities), 2, parameters);
    List<ParameterSpec> specs = parameters.specs();
    assertThat(specs.get(0).name()).isEqualTo("embeddings.weight");
    assertThat(specs.get(0).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(specs.get(1).name()).isEqualTo("vocab_to_embed.weight");
    assertThat(specs.get(1).shape()).isEqualTo(Shape.of(2, 3));
    try (ReferenceBackend backend = new ReferenceBackend()) {
      backend.assign(specs.get(0).variable(), Array.of(Shape.of(3, 2), 1.0, 2, 3, 4, 5, 6));
      backend.assign(specs.get(1).variable(), Array.of(Shape.of(2, 3), 8.0, 4, 0, 1, 2, 3));
      Program program =
          Program.named("embed").output("context", embedded).output("candidate", candidate).build();
      Map<String, Array> outputs = backend.compile(program).run(Map.of());
      assertThat(outputs.get("context").doubles()).containsExactly(3, 4, 1, 2);
      assertThat(outputs.get("candidate").doubles()).containsExactly(5, 1.75);
    }
  }

  @Test
  void weightsBeginAsPublished() {
    Parameters parameters = new Parameters();
    bytes.embedContext(
        NamedTensors.of("tokens", Tensor.constant(Array.of(Shape.of(1, 1), 0L))), 64, parameters);
    bytes.embedCandidate(Tensor.zeros(Shape.of(1, 1, 256)), 64, parameters);
    assertThat(deviation(initial(parameters.specs().get(0)))).isCloseTo(1, within(0.02));
    assertThat(deviation(initial(parameters.specs().get(1))))
        .isCloseTo(Math.sqrt(2.0 / 320), within(0.002));
  }

  @Test
  void thinkingBeginsAtNoiseOrAtZero() {
    Shape shape = Shape.of(8, 4, 256);
    Array noise = run(noisy(2.5).initialCandidate(NamedTensors.empty(), key(1), shape));
    assertThat(deviation(noise.floats())).isCloseTo(2.5, within(0.1));
    assertThat(run(noisy(2.5).initialCandidate(NamedTensors.empty(), key(1), shape)))
        .isEqualTo(noise);
    assertThat(run(noisy(2.5).initialCandidate(NamedTensors.empty(), key(2), shape)))
        .isNotEqualTo(noise);
    Array zeros = run(words.initialCandidate(NamedTensors.empty(), key(1), Shape.of(1, 1, 3)));
    assertThat(zeros.doubles()).containsOnly(0);
    assertThat(noisy(2.5).startsDiffer()).isTrue();
    assertThat(noisy(0).startsDiffer()).isFalse();
    assertThat(words.startsDiffer()).isFalse();
  }

  @Test
  void candidatesOfFewerPositionsWillDo() {
    Parameters parameters = new Parameters();
    Tensor one = Tensor.zeros(Shape.of(2, 1, 3));
    assertThat(words.embedCandidate(words.toModelInput(one), 5, parameters).shape())
        .isEqualTo(Shape.of(2, 1, 5));
    Tensor target = Tensor.constant(Array.of(Shape.of(2, 1), 0L, 1L));
    assertThat(words.loss(one, target).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(run(words.toModelInput(one)).doubles()).containsOnly(1 / 3.0);
  }

  @Test
  void perplexityIsOfTokensAndNotOfBatches() {
    // 6 targets in windows of 4: 4 of them in one, 2 in another. p = (1/2, 1/4, 1/4).
    Tokens tokens = Tokens.builder(3).addAll(0, 0, 0, 0, 0, 1, 2).build();
    Examples windows = TrainingWindows.packed(tokens, 4);
    Array row = Array.of(Shape.of(1, 1, 3), Math.log(2), 0, 0);
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < windows.size(); i++) {
      Batch batch = windows.batch(i);
      Tensor logits = Tensor.constant(row).broadcastTo(Shape.of(1, 4, 3));
      Array loss = run(words.loss(logits, Tensor.constant(batch.target())));
      for (int j = 0; j < 4; j++) {
        sum += loss.real(j) * batch.weight().real(j);
        weight += batch.weight().real(j);
      }
    }
    assertThat(weight).isEqualTo(6);
    double expected = (4 * LN2 + 2 * 2 * LN2) / 6;
    Map<String, Double> figures = words.summary(Map.of("loss", sum / weight, "bytes", 4.0));
    assertThat(figures.get("loss")).isCloseTo(expected, within(1e-9));
    assertThat(figures.get("perplexity")).isCloseTo(Math.exp(expected), within(1e-9));
    assertThat(figures.get("perplexity")).isNotCloseTo((2 + 4) / 2.0, within(0.1));
    assertThat(figures.get("bitsPerByte")).isCloseTo(expected / LN2 / 4, within(1e-9));
  }

  @Test
  void bytesAreTheirOwnBytes() {
    Map<String, Double> figures = bytes.summary(Map.of("loss", 2 * LN2, "accuracy", 0.5));
    assertThat(figures.get("bitsPerByte")).isCloseTo(2, within(1e-12));
    assertThat(figures.get("accuracy")).isEqualTo(0.5);
    assertThat(bytes.summary(Map.of())).isEmpty();
  }

  @Test
  void rowsCanBeRead() {
    Map<String, Array> context = Map.of("tokens", longs('a', '\n', 0x1B, '"'));
    assertThat(bytes.describe(context, longs('\n', 0x1B, '"', 0xFF)))
        .isEqualTo("\"a\\n\\u001b\\\"\" -> \"\\n\\u001b\\\"\uFFFD\"");
    Array logits = Array.of(Shape.of(2, 3), 0.0, 2, 1, 0, 0, 3);
    assertThat(words.describe(Map.of("tokens", longs(0, 1)), logits))
        .isEqualTo("\"<>four\" -> \"four€\"");
  }

  @Test
  void settingsWithoutMeaningAreRefused() {
    assertThatThrownBy(() -> new TextSettings(0, null, null, null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("modality.length is 0");
    assertThatThrownBy(() -> new TextSettings(null, null, null, -1.0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("modality.scale is -1.0");
  }

  private static TextModality noisy(double scale) {
    return new TextModality(new TextSettings(4, null, Initial.NOISE, scale), new ByteTokenizer());
  }

  private static Tensor key(long seed) {
    return Tensor.constant(Array.of(Shape.of(2), seed, 0L));
  }

  private static Array run(Tensor tensor) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      Program program = Program.named("test").output("result", tensor).build();
      return backend.compile(program).run(Map.of()).get("result");
    }
  }

  private static float[] initial(ParameterSpec spec) {
    return spec.initializer().values(spec.shape(), new SplittableRandom(1));
  }

  private static double deviation(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares / values.length);
  }

  private static Array longs(long... values) {
    return Array.of(Shape.of(values.length), values);
  }

  /** A separator, a word of four bytes, and one of three. */
  private static final class Words implements Tokenizer {
    private static final List<String> WORDS = List.of("<>", "four", "€");

    @Override
    public int vocabulary() {
      return 3;
    }

    @Override
    public int[] encode(String text) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String decode(int... tokens) {
      StringBuilder text = new StringBuilder();
      for (int token : tokens) {
        text.append(WORDS.get(token));
      }
      return text.toString();
    }

    @Override
    public OptionalInt endOfText() {
      return OptionalInt.of(0);
    }

    @Override
    public String fingerprint() {
      return "words";
    }
  }
}
