package dev.ebt.text;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.ScoringExamples;
import dev.ebt.modality.TextScoring;
import dev.ebt.modality.Tokenizer;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Linear;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.text.token.ByteLevelTokenizer;
import dev.ebt.text.token.ByteTokenizer;
import dev.ebt.text.window.ScoringWindows;
import dev.ebt.text.window.TrainingWindows;
import dev.ebt.text.window.WindowedTextModality;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The text modality, in which each token is predicted from those before it. A candidate is a row of
 * logits over the vocabulary for each position; a model receives its softmax p as p·Wᵖ, and the
 * context as rows of We.
 *
 * <p>Parameters: {@code embeddings.weight} We [vocabulary, width], normal; {@code
 * vocab_to_embed.weight} Wᵖ, stored as [width, vocabulary], Xavier-normal. If tied, Wᵖ is We.
 */
public final class TextModality implements WindowedTextModality, TextScoring {
  private static final String TARGET = "target";
  private static final String LOSS = "loss";
  private static final String BYTES = "bytes";

  /** The random site of the initial noise, distinct from other draws with the same key. */
  private static final long INITIAL_SITE = 0x74657874L;

  private final TextSettings settings;
  private final Tokenizer tokenizer;

  /** Below every probability representable in single precision; it keeps the logarithm finite. */
  private static final double LEAST = 1e-37;

  /** Creates the modality of text encoded by this tokenizer. */
  public TextModality(TextSettings settings, Tokenizer tokenizer) {
    this.settings = settings;
    this.tokenizer = tokenizer;
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public String predictionUnit() {
    return "tokens";
  }

  @Override
  public int length() {
    return settings.length();
  }

  @Override
  public Set<String> settingsOfThinking() {
    return Set.of("initial", "scale", "embedding", "temperature");
  }

  @Override
  public String fingerprint() {
    return tokenizer.fingerprint();
  }

  @Override
  public List<FeatureSpec> context() {
    return List.of(new FeatureSpec(TrainingWindows.TOKENS, predictions(), ElementType.INTEGER));
  }

  @Override
  public FeatureSpec target() {
    return new FeatureSpec(TARGET, predictions(), ElementType.INTEGER);
  }

  @Override
  public Shape predictions() {
    return Shape.of(settings.length());
  }

  @Override
  public Shape candidate() {
    return predictions().plus(tokenizer.vocabulary());
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return switch (settings.initial()) {
      case NOISE ->
          Functions.randomNormal(key, INITIAL_SITE, shape)
              .times(requireNonNullElse(settings.scale(), 1.0));
      case ZEROS -> Tensor.zeros(shape);
    };
  }

  @Override
  public Tensor toModelInput(Tensor candidate) {
    return Functions.softmax(candidate);
  }

  @Override
  public boolean embedsElementwise() {
    return true;
  }

  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    return Functions.gather(table(width, parameters), context.get(TrainingWindows.TOKENS));
  }

  private Tensor table(int width, Parameters parameters) {
    return parameters.undecayed(
        "embeddings.weight", Shape.of(tokenizer.vocabulary(), width), Initializer.normal(1));
  }

  @Override
  public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
    int vocabulary = tokenizer.vocabulary();
    Shape shape = modelInput.shape();
    Tensor rows = modelInput.reshape(shape.elements() / vocabulary, vocabulary);
    Tensor embedded =
        switch (settings.embedding()) {
          case PROJECTION -> Functions.matMul(rows, false, projection(width, parameters), true);
          case TIED -> Functions.matMul(rows, table(width, parameters));
        };
    return embedded.reshape(shape.with(-1, width));
  }

  /** Returns −τH(p) = τ Σ p ln p, with 0 ln 0 = 0. */
  @Override
  public Optional<Tensor> analyticEnergy(Tensor modelInput) {
    if (settings.temperature() == 0) {
      return Optional.empty();
    }
    Tensor logarithm = Functions.log(Functions.maximum(modelInput, Tensor.constant(LEAST)));
    return Optional.of(modelInput.times(logarithm).sum(-1).times(settings.temperature()));
  }

  private Tensor projection(int width, Parameters parameters) {
    return parameters.weight(
        "vocab_to_embed.weight",
        Shape.of(width, tokenizer.vocabulary()),
        Initializer.xavierNormal());
  }

  /** Returns hidden·Wᵀ, where W is {@code output.weight} [vocabulary, width]. */
  @Override
  public Tensor decode(Tensor hidden, Parameters parameters) {
    return Linear.apply(hidden, "output", tokenizer.vocabulary(), parameters);
  }

  /**
   * Returns −ln softmax(candidate)[target] = ln Σ eᶻ − z[target], where z is the candidate minus
   * its maximum. Its derivative is eᶻ / Σ with numbers subtracted at the targets, so that
   * candidate, z and derivative can take one place in memory.
   */
  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    Tensor z = shifted(candidate);
    return logSum(z).minus(Functions.elements(z, target));
  }

  /** Returns the candidate minus its maximum, whose softmax is the same. */
  private static Tensor shifted(Tensor candidate) {
    return candidate.minus(Functions.stopGradient(candidate.maxKeeping(-1)));
  }

  private static Tensor logSum(Tensor z) {
    return Functions.log(Functions.exp(z).sum(-1));
  }

  /**
   * Returns the loss with label smoothing, −((1 − s) ln p[target] + s · mean of ln p), p =
   * softmax(candidate).
   */
  @Override
  public Tensor labelSmoothedLoss(Tensor candidate, Tensor target, double share) {
    Tensor z = shifted(candidate);
    Tensor anything = logSum(z).minus(z.mean(-1));
    return loss(candidate, target).times(1 - share).plus(anything.times(share));
  }

  /** Returns the one-hot distribution of the target. */
  @Override
  public Tensor targetCandidate(Tensor target) {
    return Functions.oneHot(target, tokenizer.vocabulary());
  }

  /**
   * Returns the accuracy and, unless tokens are bytes, the number of bytes of each target token.
   */
  @Override
  public Map<String, Tensor> metrics(Tensor candidate, Tensor target) {
    Map<String, Tensor> measures = new LinkedHashMap<>();
    measures.put("accuracy", Functions.real(Functions.argMax(candidate).equalTo(target)));
    if (!(tokenizer instanceof ByteTokenizer)) {
      measures.put(BYTES, Functions.gather(Tensor.constant(bytesPerToken()), target));
    }
    return measures;
  }

  /**
   * Returns loss (nats per token), accuracy, token perplexity and bits per byte over all
   * predictions.
   */
  @Override
  public Map<String, Double> summary(Map<String, Double> means) {
    Map<String, Double> metrics = new LinkedHashMap<>(means);
    Double loss = means.get(LOSS);
    if (loss != null) {
      double bytes = means.getOrDefault(BYTES, 1.0);
      metrics.put("perplexity", Math.exp(loss));
      metrics.put("bitsPerByte", loss / Math.log(2) / bytes);
    }
    return metrics;
  }

  @Override
  public Map<String, String> units() {
    return Map.of(LOSS, "nats", "bitsPerByte", "bits");
  }

  /** Returns the context text and, for each position, the target or predicted next token. */
  @Override
  public String describe(Map<String, Array> context, Array values) {
    Array observed = context.get(TrainingWindows.TOKENS);
    if (observed == null) {
      throw new IllegalArgumentException("no context feature " + TrainingWindows.TOKENS);
    }
    int[] next = values.type() == ElementType.INTEGER ? tokens(values) : likeliest(values);
    return shown(tokens(observed)) + " -> " + shown(next);
  }

  private String shown(int[] tokens) {
    return '"' + Escaped.of(tokenizer.decode(tokens)) + '"';
  }

  private static int[] tokens(Array values) {
    int[] tokens = new int[values.shape().elements()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = (int) values.longs()[i];
    }
    return tokens;
  }

  private static int[] likeliest(Array logits) {
    int vocabulary = logits.shape().size(-1);
    int[] tokens = new int[logits.shape().elements() / vocabulary];
    for (int i = 0; i < tokens.length; i++) {
      for (int token = 1; token < vocabulary; token++) {
        if (logits.real(i * vocabulary + token) > logits.real(i * vocabulary + tokens[i])) {
          tokens[i] = token;
        }
      }
    }
    return tokens;
  }

  @Override
  public ScoringExamples tokenExamples(String text) {
    return ScoringWindows.of(text, tokenizer, settings.length(), this::bytes);
  }

  /** Returns the number of bytes of each token; the separator has none. */
  private Array bytesPerToken() {
    float[] bytes = new float[tokenizer.vocabulary()];
    for (int token = 0; token < bytes.length; token++) {
      boolean separator =
          tokenizer.endOfText().isPresent() && tokenizer.endOfText().getAsInt() == token;
      bytes[token] = separator ? 0 : bytes(token);
    }
    return Array.of(Shape.of(bytes.length), bytes);
  }

  private int bytes(int token) {
    return tokenizer instanceof ByteLevelTokenizer pieces
        ? pieces.bytes(token).length
        : tokenizer.decode(token).getBytes(StandardCharsets.UTF_8).length;
  }
}
