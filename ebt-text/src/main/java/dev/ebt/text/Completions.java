package dev.ebt.text;

import dev.ebt.error.UserException;
import dev.ebt.interact.Input;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.text.decode.BatchGenerator;
import dev.ebt.text.decode.GeneratedText;
import dev.ebt.text.decode.StopText;
import dev.ebt.text.decode.TextGenerator.GeneratedToken;
import dev.ebt.text.decode.TextGenerator.GenerationOptions;
import dev.ebt.text.token.StreamingDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The continuations of several prompts, generated together and written in the order of prompts. */
final class Completions {
  private final BatchGenerator generator;
  private final GenerationOptions generation;
  private final ContinuationOptions options;
  private final int count;

  /**
   * Creates continuations.
   *
   * @param count the greatest number of tokens of each
   */
  Completions(
      BatchGenerator generator,
      GenerationOptions generation,
      ContinuationOptions options,
      int count) {
    this.generator = generator;
    this.generation = generation;
    this.options = options;
    this.count = count;
  }

  /**
   * Returns the prompts of a file, one per line.
   *
   * @throws UserException if there is none, or a line is empty
   */
  static List<String> prompts(Input file) {
    List<String> prompts = file.text().lines().toList();
    if (prompts.isEmpty() || prompts.contains("")) {
      throw new UserException(
          prompts.isEmpty()
              ? file.name() + " is empty; one prompt per line expected"
              : file.name() + ": line " + (prompts.indexOf("") + 1) + " is empty");
    }
    return prompts;
  }

  /** Writes the continuation of each prompt once it and all before it are complete. */
  void write(List<String> prompts, Outputs outputs) {
    List<int[]> encoded = prompts.stream().map(this::encoded).toList();
    Deque<Completion> open = new ArrayDeque<>();
    int added = 0;
    while (outputs.wantsMore() && (added < prompts.size() || !open.isEmpty())) {
      while (added < prompts.size() && generator.hasRoom()) {
        open.addLast(new Completion(prompts.get(added), encoded.get(added)));
        added++;
      }
      generator.advance();
      while (!open.isEmpty() && open.getFirst().text.ended()) {
        outputs.add(open.removeFirst().output());
      }
    }
    open.forEach(completion -> generator.remove(completion.text));
  }

  private int[] encoded(String prompt) {
    int[] tokens = generator.tokenizer().encode(prompt);
    if (tokens.length > generator.length() && options.truncate() == null) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "a prompt has %,d tokens, but the model sees %,d (modality.length); shorten it, or"
                  + " leave its beginning out with --truncate left: %s",
              tokens.length,
              generator.length(),
              prompt));
    }
    return tokens;
  }

  /** A continuation in the making. */
  private final class Completion {
    private final String prompt;
    private final StreamingDecoder stream = StreamingDecoder.of(generator.tokenizer());
    private final StopText stop = new StopText(options.stop());
    private final StringBuilder written = new StringBuilder();
    private final GeneratedText text;

    Completion(String prompt, int[] tokens) {
      this.prompt = prompt;
      this.text = generator.add(tokens, count, generation, this::add);
    }

    boolean add(GeneratedToken token) {
      if (isEnd(token)) {
        return false;
      }
      written.append(stop.push(stream.push(token.token())));
      return !stop.stopped();
    }

    private boolean isEnd(GeneratedToken token) {
      return generator.tokenizer().endOfText().orElse(-1) == token.token();
    }

    Output output() {
      text.failure()
          .ifPresent(
              failure -> {
                throw failure;
              });
      written.append(stop.push(stream.finish())).append(stop.finish());
      return new Output.Completion(prompt, written.toString(), SpentEvaluations.of(text.tokens()));
    }
  }
}
