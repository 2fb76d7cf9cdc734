package dev.ebt.text;

import dev.ebt.run.RunParts;
import dev.ebt.text.decode.TextGenerator.GeneratedToken;
import dev.ebt.text.decode.TextGenerator.GenerationOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The evaluations of the network that generated tokens took. */
final class SpentEvaluations {
  private SpentEvaluations() {}

  /** Returns whether thinking about a token can end before its last step. */
  static boolean differ(RunParts parts, GenerationOptions options) {
    boolean stops = parts.thinks() && parts.thinking().stop() != null;
    return stops || options.tolerance() > 0 || options.evaluations() > 0;
  }

  /** Returns the evaluations of the tokens of a text, by name. */
  static Map<String, Object> of(List<GeneratedToken> tokens) {
    int total = tokens.stream().mapToInt(GeneratedToken::evaluations).sum();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("tokens", tokens.size());
    values.put("totalEvaluations", total);
    values.put("evaluationsPerToken", tokens.isEmpty() ? 0.0 : (double) total / tokens.size());
    return values;
  }
}
