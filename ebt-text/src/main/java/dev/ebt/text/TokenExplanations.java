package dev.ebt.text;

import dev.ebt.interact.Explanation;
import dev.ebt.interact.Output;
import dev.ebt.modality.Tokenizer;
import dev.ebt.text.decode.TextGenerator.GeneratedToken;
import dev.ebt.text.token.StreamingDecoder;
import java.util.List;

/** Generated tokens of one text as outputs that explain the thinking about them. */
final class TokenExplanations {
  private final Tokenizer tokenizer;
  private final StreamingDecoder stream;

  TokenExplanations(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.stream = StreamingDecoder.of(tokenizer);
  }

  /** Returns the next token, which must be that which follows the one before. */
  Output.ExplainedText of(GeneratedToken chosen) {
    return new Output.ExplainedText(
        tokenizer.decode(chosen.token()),
        stream.push(chosen.token()),
        new Explanation(
            chosen.energies(), chosen.probability(), likely(chosen), candidates(chosen)));
  }

  /** Returns the characters that were held back because they are not complete. */
  String finish() {
    return stream.finish();
  }

  private List<Explanation.Likely> likely(GeneratedToken chosen) {
    return chosen.likely().stream()
        .map(each -> new Explanation.Likely(tokenizer.decode(each.token()), each.probability()))
        .toList();
  }

  private List<Explanation.Candidate> candidates(GeneratedToken chosen) {
    return chosen.candidates().size() == 1
        ? List.of()
        : chosen.candidates().stream()
            .map(
                each ->
                    new Explanation.Candidate(
                        tokenizer.decode(each.likeliest()), each.energies(), each.selected()))
            .toList();
  }
}
