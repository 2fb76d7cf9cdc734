package dev.ebt.text;

import dev.ebt.inference.FinishReason;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import dev.ebt.modality.Tokenizer;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.BatchGenerator;
import dev.ebt.text.decode.GeneratedText;
import dev.ebt.text.decode.TextGenerator.GeneratedToken;
import dev.ebt.text.token.StreamingDecoder;
import dev.ebt.think.SelfVerification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A gap of a {@link GapSession}. Its predictions are the tokens that fill the gap, which are known
 * when all candidates are ranked.
 */
final class GapRequest implements InferenceSession.Request<String> {
  private static final int TOKENS = 16;

  private final TextWithGap input;
  private final RequestOptions options;
  private final Thinking thinking;
  private final Tokenizer tokenizer;
  private final GapCandidates gaps;
  private final Consumer<? super Prediction> receiver;
  private final List<GeneratedText> begun = new ArrayList<>();
  private @Nullable TypedThought<String> thought;
  private @Nullable RuntimeException failure;

  private GapRequest(
      TextWithGap input,
      RequestOptions options,
      Thinking thinking,
      Tokenizer tokenizer,
      GapCandidates gaps,
      Consumer<? super Prediction> receiver) {
    this.input = input;
    this.options = options;
    this.thinking = thinking;
    this.tokenizer = tokenizer;
    this.gaps = gaps;
    this.receiver = receiver;
  }

  /**
   * Creates a request.
   *
   * @throws dev.ebt.error.UserException if a text is unsuitable, or an option is not possible for
   *     the model
   */
  static GapRequest of(
      TextWithGap input,
      Thinking thinking,
      RunParts parts,
      BatchGenerator generator,
      Consumer<? super Prediction> receiver) {
    LongContext tooLong =
        RequestOptions.truncatesPrompt(thinking) ? LongContext.TRUNCATED : LongContext.REFUSED;
    return new GapRequest(
        input,
        RequestOptions.of(input.before(), TOKENS, thinking, parts, generator),
        thinking,
        generator.tokenizer(),
        new GapCandidates(parts, input.before(), input.after(), "the text after the gap", tooLong),
        receiver);
  }

  /** Begins as many of the continuations as there is room for. */
  void begin(BatchGenerator generator) {
    while (begun.size() < input.fills() && generator.hasRoom() && !done()) {
      GapCandidates.Beginnings beginnings = gaps.beginnings(options.stop());
      long seed = SelfVerification.seed(thinking.seed(), begun.size());
      begun.add(
          generator.add(
              options.prompt(),
              options.count(),
              options.generation().sampledBy(RequestOptions.sampling(thinking.decoding(), seed)),
              beginnings::add));
    }
  }

  /** Ranks the candidates if all continuations have ended. */
  void finish() {
    if (done() || begun.size() < input.fills() || !begun.stream().allMatch(GeneratedText::ended)) {
      return;
    }
    failure = begun.stream().flatMap(each -> each.failure().stream()).findFirst().orElse(null);
    if (failure == null) {
      Map.Entry<String, List<GeneratedToken>> best = gaps.candidate(gaps.rank().answers().get(0));
      List<Prediction> predictions = predictions(best.getValue());
      thought =
          new TypedThought<>(best.getKey(), best.getKey(), predictions, FinishReason.COMPLETE);
      predictions.forEach(receiver);
    }
  }

  private List<Prediction> predictions(List<GeneratedToken> tokens) {
    StreamingDecoder stream = StreamingDecoder.of(tokenizer);
    List<Prediction> predictions = new ArrayList<>();
    for (GeneratedToken token : tokens) {
      predictions.add(TokenPredictions.of(tokenizer, stream.push(token.token()), token));
    }
    return predictions;
  }

  /** Ends the continuations in the generator. */
  void end(BatchGenerator generator) {
    begun.forEach(generator::remove);
  }

  @Override
  public boolean done() {
    return thought != null || failure != null;
  }

  @Override
  public TypedThought<String> thought() {
    if (failure != null) {
      throw failure;
    }
    TypedThought<String> found = thought;
    if (found == null) {
      throw new IllegalStateException("the gap is not filled yet");
    }
    return found;
  }

  /** Returns nothing: no gap is chosen before all candidates are ranked. */
  @Override
  public Optional<TypedThought<String>> soFar() {
    return Optional.empty();
  }
}
