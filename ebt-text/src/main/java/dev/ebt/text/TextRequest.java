package dev.ebt.text;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.inference.Decoding;
import dev.ebt.inference.FinishReason;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.ThinkingBudget;
import dev.ebt.inference.TypedThought;
import dev.ebt.modality.Tokenizer;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.BatchGenerator;
import dev.ebt.text.decode.GeneratedText;
import dev.ebt.text.decode.StopText;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.decode.TextGenerator.GeneratedToken;
import dev.ebt.text.decode.TextGenerator.GenerationOptions;
import dev.ebt.text.decode.TokenSampling;
import dev.ebt.text.token.StreamingDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A text of a {@link TextSession}, whose tokens become predictions. */
final class TextRequest implements InferenceSession.Request<String> {
  private static final int TOKENS = 200;
  private static final double TEMPERATURE = 0.8;

  private final int[] prompt;
  private final int most;
  private final GenerationOptions options;
  private final boolean ignoresEnd;
  private final Tokenizer tokenizer;
  private final StreamingDecoder stream;
  private final StopText stop;
  private final Consumer<? super Prediction> receiver;
  private final List<Prediction> predictions = new ArrayList<>();
  private final StringBuilder written = new StringBuilder();
  private @Nullable GeneratedText text;
  private @Nullable GeneratedToken latest;
  private FinishReason finish;

  private TextRequest(
      int[] prompt,
      int most,
      GenerationOptions options,
      boolean ignoresEnd,
      Tokenizer tokenizer,
      StopText stop,
      Consumer<? super Prediction> receiver) {
    this.prompt = prompt;
    this.most = most;
    this.options = options;
    this.ignoresEnd = ignoresEnd;
    this.tokenizer = tokenizer;
    this.stream = StreamingDecoder.of(tokenizer);
    this.stop = stop;
    this.receiver = receiver;
    this.finish = most == 0 ? FinishReason.LENGTH : FinishReason.UNFINISHED;
  }

  /**
   * Creates a request.
   *
   * @throws UserException if the prompt is too long, or an option is not possible for the model
   */
  static TextRequest of(
      String prompt,
      Thinking thinking,
      RunParts parts,
      BatchGenerator generator,
      Consumer<? super Prediction> receiver) {
    Decoding decoding = thinking.decoding();
    int most = requireNonNullElse(decoding.maxTokens(), TOKENS);
    if (most > TextGenerator.MOST_TOKENS) {
      throw SettingException.of("maxTokens", most, "at most " + TextGenerator.MOST_TOKENS);
    }
    ThinkingBudget budget = ThinkingBudget.of(thinking, parts);
    GenerationOptions options =
        new GenerationOptions(
            budget.steps(),
            budget.tolerance(),
            sampling(decoding, thinking.seed()),
            budget.candidates());
    generator.check(options);
    int[] tokens = generator.tokenizer().encode(prompt);
    if (tokens.length > generator.length() && !Boolean.TRUE.equals(decoding.truncatePrompt())) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the prompt has %,d tokens, but the model sees %,d (modality.length); shorten it, or"
                  + " have its beginning left out (truncatePrompt)",
              tokens.length,
              generator.length()));
    }
    StopText stop = new StopText(requireNonNullElse(decoding.stop(), List.of()));
    boolean ignoresEnd = Boolean.TRUE.equals(decoding.ignoreEnd());
    return new TextRequest(
        tokens, most, options, ignoresEnd, generator.tokenizer(), stop, receiver);
  }

  private static TokenSampling sampling(Decoding decoding, long seed) {
    return new TokenSampling(
        requireNonNullElse(decoding.temperature(), TEMPERATURE),
        decoding.topK(),
        decoding.topP(),
        decoding.minP(),
        decoding.repetitionPenalty(),
        seed);
  }

  void begin(BatchGenerator generator) {
    text =
        generator.add(
            prompt,
            most,
            options,
            token -> {
              latest = token;
              return true;
            });
  }

  /** Passes on the token that was generated since the last call, if there is one. */
  void receive(BatchGenerator generator) {
    GeneratedToken token = latest;
    latest = null;
    if (token == null || done()) {
      return;
    }
    String piece = "";
    if (!ignoresEnd && isEnd(token)) {
      finish = FinishReason.COMPLETE;
    } else {
      piece = stop.push(stream.push(token.token()));
      finish = stop.stopped() ? FinishReason.STOP : reason();
    }
    if (done()) {
      end(generator);
      piece += stop.stopped() ? "" : stop.push(stream.finish()) + stop.finish();
    }
    written.append(piece);
    Prediction prediction = prediction(piece, token);
    predictions.add(prediction);
    receiver.accept(prediction);
  }

  private boolean isEnd(GeneratedToken token) {
    OptionalInt end = tokenizer.endOfText();
    return end.isPresent() && end.getAsInt() == token.token();
  }

  /** Returns why the generator ended the text, if it did. */
  private FinishReason reason() {
    Optional<GeneratedText.Ending> ending = begun().ending();
    if (ending.isEmpty()) {
      return FinishReason.UNFINISHED;
    }
    return ending.get() == GeneratedText.Ending.WINDOW ? FinishReason.WINDOW : FinishReason.LENGTH;
  }

  private GeneratedText begun() {
    if (text == null) {
      throw new IllegalStateException("the text has not begun");
    }
    return text;
  }

  private Prediction prediction(String piece, GeneratedToken token) {
    return new Prediction(
        piece,
        tokenizer.decode(token.token()),
        token.energies(),
        token.evaluations(),
        OptionalDouble.of(Math.log(token.probability())),
        token.likely().stream()
            .map(
                likely ->
                    new Prediction.Alternative(
                        tokenizer.decode(likely.token()), Math.log(likely.probability())))
            .toList());
  }

  /** Ends the text in the generator. */
  void end(BatchGenerator generator) {
    if (text != null) {
      generator.remove(text);
    }
  }

  private Optional<RuntimeException> failure() {
    return text == null ? Optional.empty() : text.failure();
  }

  @Override
  public boolean done() {
    return finish != FinishReason.UNFINISHED || failure().isPresent();
  }

  @Override
  public TypedThought<String> thought() {
    failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return written();
  }

  @Override
  public Optional<TypedThought<String>> soFar() {
    return predictions.isEmpty() ? Optional.empty() : Optional.of(written());
  }

  private TypedThought<String> written() {
    String whole = written.toString();
    return new TypedThought<>(whole, whole, predictions, finish);
  }
}
