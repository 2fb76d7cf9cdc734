package dev.ebt.text;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.inference.Decoding;
import dev.ebt.inference.FinishReason;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import dev.ebt.text.decode.StopText;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.decode.TokenSampling;
import dev.ebt.text.token.StreamingDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Texts that are continued token by token. */
final class TextSession implements InferenceSession<String, String> {
  private static final int TOKENS = 200;
  private static final double TEMPERATURE = 0.8;

  private final TextGenerator generator;
  private final int usualSteps;
  private final List<Text> texts = new ArrayList<>();

  TextSession(TextGenerator generator, int usualSteps) {
    this.generator = generator;
    this.usualSteps = usualSteps;
  }

  private final class Text implements Request<String> {
    private final TextGenerator.GenerationOptions options;
    private final Consumer<? super Prediction> receiver;
    private final StreamingDecoder stream = StreamingDecoder.of(generator.tokenizer());
    private final StopText stop;
    private final int most;
    private final List<Prediction> predictions = new ArrayList<>();
    private final StringBuilder written = new StringBuilder();
    private int[] tokens;
    private FinishReason finish = FinishReason.UNFINISHED;

    Text(String prompt, Thinking thinking, Consumer<? super Prediction> receiver) {
      Decoding decoding = thinking.decoding();
      this.tokens = generator.tokenizer().encode(prompt);
      this.receiver = receiver;
      this.stop = new StopText(requireNonNullElse(decoding.stop(), List.of()));
      this.most = requireNonNullElse(decoding.maxTokens(), TOKENS);
      this.options =
          new TextGenerator.GenerationOptions(
              thinking.steps().orElse(usualSteps),
              thinking.tolerance(),
              new TokenSampling(
                  requireNonNullElse(decoding.temperature(), TEMPERATURE),
                  decoding.topK(),
                  decoding.topP(),
                  decoding.minP(),
                  decoding.repetitionPenalty(),
                  thinking.seed()),
              thinking.candidates());
      generator.generate(tokens, 0, options, token -> true); // Refuses what is not possible.
      if (most == 0) {
        finish = FinishReason.LENGTH;
      }
    }

    void advance() {
      TextGenerator.GeneratedToken next =
          generator.generate(tokens, 1, options, token -> true).get(0);
      tokens = Arrays.copyOf(tokens, tokens.length + 1);
      tokens[tokens.length - 1] = next.token();
      String piece = "";
      if (Continuation.isEnd(generator, next)) {
        finish = FinishReason.COMPLETE;
      } else {
        piece = stop.push(stream.push(next.token()));
        finish =
            stop.stopped()
                ? FinishReason.STOP
                : predictions.size() + 1 == most ? FinishReason.LENGTH : FinishReason.UNFINISHED;
      }
      if (done() && !stop.stopped()) {
        piece += stop.push(stream.finish()) + stop.finish();
      }
      written.append(piece);
      Prediction prediction =
          new Prediction(
              piece,
              generator.tokenizer().decode(next.token()),
              next.energies(),
              Math.max(1, next.energies().size()) * options.candidates(),
              OptionalDouble.of(Math.log(next.probability())));
      predictions.add(prediction);
      receiver.accept(prediction);
    }

    @Override
    public boolean done() {
      return finish != FinishReason.UNFINISHED;
    }

    @Override
    public Optional<TypedThought<String>> soFar() {
      return predictions.isEmpty() ? Optional.empty() : Optional.of(thought());
    }

    @Override
    public TypedThought<String> thought() {
      String text = written.toString();
      return new TypedThought<>(text, text, predictions, finish);
    }
  }

  @Override
  public Request<String> add(
      String input, Thinking thinking, Consumer<? super Prediction> predictions) {
    Text text = new Text(input, thinking, predictions);
    texts.add(text);
    return text;
  }

  @Override
  public void advance() {
    texts.stream().filter(text -> !text.done()).forEach(Text::advance);
  }

  @Override
  public void remove(Request<String> request) {
    texts.removeIf(text -> text == request);
  }

  @Override
  public void close() {
    generator.close();
  }
}
