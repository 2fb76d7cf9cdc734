package dev.ebt.text;

import dev.ebt.error.UserException;
import dev.ebt.inference.FinishReason;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import dev.ebt.modality.Tokenizer;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.BatchGenerator;
import dev.ebt.text.decode.GeneratedText;
import dev.ebt.text.decode.StopText;
import dev.ebt.text.decode.TextGenerator.GeneratedToken;
import dev.ebt.text.decode.TextGenerator.GenerationOptions;
import dev.ebt.text.token.StreamingDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A text of a {@link TextSession}, whose tokens become predictions. */
final class TextRequest implements InferenceSession.Request<String> {
  private static final int TOKENS = 200;

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
    RequestOptions options = RequestOptions.of(prompt, TOKENS, thinking, parts, generator);
    return new TextRequest(
        options.prompt(),
        options.count(),
        options.generation(),
        Boolean.TRUE.equals(thinking.decoding().ignoreEnd()),
        generator.tokenizer(),
        new StopText(options.stop()),
        receiver);
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
    Prediction prediction = TokenPredictions.of(tokenizer, piece, token);
    predictions.add(prediction);
    receiver.accept(prediction);
  }

  /** Returns whether a token of it is being generated. */
  boolean isIn(BatchGenerator generator) {
    return text != null && generator.worksOn(text);
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
