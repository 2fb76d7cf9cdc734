package dev.ebt.inference;

import dev.ebt.predict.FixedElements;
import dev.ebt.tensor.Array;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A task of one prediction. */
final class OnePrediction<O> implements PredictionTask<O> {
  private final Map<String, Array> context;
  private final @Nullable FixedElements fixed;
  private final Function<Array, O> decode;
  private final Function<O, String> text;
  private @Nullable O answer;

  OnePrediction(
      Map<String, Array> context,
      @Nullable FixedElements fixed,
      Function<Array, O> decode,
      Function<O, String> text) {
    this.context = Map.copyOf(context);
    this.fixed = fixed;
    this.decode = decode;
    this.text = text;
  }

  @Override
  public boolean complete() {
    return answer != null;
  }

  @Override
  public Map<String, Array> context() {
    return context;
  }

  @Override
  public Optional<FixedElements> fixed() {
    return Optional.ofNullable(fixed);
  }

  @Override
  public void add(Array candidate) {
    answer = decode.apply(candidate);
  }

  @Override
  public O answer() {
    O made = answer;
    if (made == null) {
      throw new IllegalStateException("there is no prediction yet");
    }
    return made;
  }

  @Override
  public String text() {
    return text.apply(answer());
  }
}
