package dev.ebt.text;

import dev.ebt.inference.FinishReason;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import dev.ebt.interact.Verification;
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

  private final TextWithGap input;
  private final RequestOptions options;
  private final Thinking thinking;
  private final GapCandidates gaps;
  private final Consumer<? super Prediction> receiver;
  private final List<GeneratedText> begun = new ArrayList<>();
  private @Nullable TypedThought<String> thought;
  private @Nullable RuntimeException failure;

  private GapRequest(
      TextWithGap input,
      RequestOptions options,
      Thinking thinking,
      GapCandidates gaps,
      Consumer<? super Prediction> receiver) {
    this.input = input;
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
    return new GapRequest(
        input,
        RequestOptions.of(input.before(), TOKENS, thinking, parts, generator),
        thinking,
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
      Verification ranking = gaps.rank();
      String gap = gaps.text(ranking.answers().get(0));
      Prediction prediction =
          new Prediction(
              gap, gap, energies(ranking), evaluations(ranking), OptionalDouble.empty(), List.of());
      thought = new TypedThought<>(gap, gap, List.of(prediction), FinishReason.COMPLETE);
      receiver.accept(prediction);
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
