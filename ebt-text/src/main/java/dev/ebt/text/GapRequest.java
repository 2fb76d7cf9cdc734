package dev.ebt.text;

import dev.ebt.inference.FinishReason;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import dev.ebt.interact.Verification;
import dev.ebt.predict.Interruption;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.BatchGenerator;
import dev.ebt.text.decode.GeneratedText;
import dev.ebt.text.decode.TextGenerator.GeneratedToken;
import dev.ebt.think.SelfVerification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A gap of a {@link GapSession}. Its only prediction is what fills the gap, which is known when all
 * candidates are ranked; its energies are the mean ones of a token with nothing in the gap, and
 * with that.
 */
final class GapRequest implements InferenceSession.Request<String> {
  private static final int TOKENS = 16;

  private final int fills;
  private final RequestOptions options;
  private final Thinking thinking;
  private final GapCandidates gaps;
  private final Consumer<? super Prediction> receiver;
  private final List<GeneratedText> begun = new ArrayList<>();
  private @Nullable TypedThought<String> thought;
  private @Nullable RuntimeException failure;

  private GapRequest(
      int fills,
      RequestOptions options,
      Thinking thinking,
      GapCandidates gaps,
      Consumer<? super Prediction> receiver) {
    this.fills = fills;
    this.options = options;
    this.thinking = thinking;
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
    RequestOptions options = RequestOptions.of(input.before(), TOKENS, thinking, parts, generator);
    boolean draws = options.generation().sampling().temperature() > 0;
    return new GapRequest(
        draws ? input.fills() : 1, // Without drawing, all of them would be equal.
        options,
        thinking,
        new GapCandidates(parts, input.before(), input.after(), "the text after the gap", tooLong),
        receiver);
  }

  /** Begins as many of the continuations as there is room for. */
  void begin(BatchGenerator generator) {
    while (begun.size() < fills && generator.hasRoom() && !done()) {
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
    if (done() || begun.size() < fills || !begun.stream().allMatch(GeneratedText::ended)) {
      return;
    }
    failure = begun.stream().flatMap(each -> each.failure().stream()).findFirst().orElse(null);
    Verification ranking = failure == null ? ranking() : null;
    if (ranking != null) {
      String gap = gaps.text(ranking.answers().get(0));
      Prediction prediction =
          new Prediction(
              gap, gap, energies(ranking), evaluations(ranking), OptionalDouble.empty(), List.of());
      thought = new TypedThought<>(gap, gap, List.of(prediction), FinishReason.COMPLETE);
      receiver.accept(prediction);
    }
  }

  /** Ranks the candidates; returns null if that, and so this request alone, failed. */
  private @Nullable Verification ranking() {
    try {
      return gaps.rank();
    } catch (RuntimeException e) {
      Interruption.check(); // A computation that is to end is no failure of the request.
      failure = e;
      return null;
    }
  }

  /** Returns the mean energies of a token with nothing in the gap, and with the best candidate. */
  private static List<Double> energies(Verification ranking) {
    return ranking.measure() == Verification.Measure.ENERGY
        ? List.of(
            GapCandidates.empty(ranking).perPrediction(), ranking.answers().get(0).perPrediction())
        : List.of();
  }

  /** Returns the evaluations for all continuations, and one for each token that was ranked. */
  private int evaluations(Verification ranking) {
    int generated =
        begun.stream()
            .flatMap(each -> each.tokens().stream())
            .mapToInt(GeneratedToken::evaluations)
            .sum();
    return generated
        + ranking.answers().stream().mapToInt(each -> each.answer().predictions()).sum();
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
