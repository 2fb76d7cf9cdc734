package dev.ebt.bench.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.modality.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The prompts of a request: a string, strings, tokens, or arrays of tokens. */
final class PromptField {
  private static final String NAME = "prompt";
  private static final String EXPECTED =
      "a string, an array of strings, an array of tokens, or an array of arrays of tokens";

  private final RequestFields fields;
  private final Tokenizer tokenizer;

  private PromptField(RequestFields fields, Tokenizer tokenizer) {
    this.fields = fields;
    this.tokenizer = tokenizer;
  }

  /**
   * Returns the prompts as texts.
   *
   * @throws ApiException if there is none, or tokens are not those of their text
   */
  static List<String> read(RequestFields fields, Tokenizer tokenizer, ServerLimits limits) {
    JsonNode node = fields.node(NAME).orElseThrow(() -> fields.missing(NAME));
    PromptField field = new PromptField(fields, tokenizer);
    if (node.isTextual()) {
      return List.of(node.textValue());
    }
    fields.require(NAME, node, node.isArray() && !node.isEmpty(), EXPECTED);
    if (node.get(0).isNumber()) {
      return List.of(field.decoded(NAME, node, limits));
    }
    fields.checkSize(NAME, node, limits.choices());
    List<String> prompts = new ArrayList<>();
    for (JsonNode each : node) {
      String name = NAME + "[" + prompts.size() + "]";
      boolean tokens = node.get(0).isArray();
      fields.require(
          name, each, tokens ? each.isArray() : each.isTextual(), tokens ? "an array" : "a string");
      prompts.add(tokens ? field.decoded(name, each, limits) : each.textValue());
    }
    return prompts;
  }

  /** Returns the text of tokens. The model gets a text, which must have the same tokens. */
  private String decoded(String name, JsonNode array, ServerLimits limits) {
    fields.checkSize(name, array, limits.promptTokens());
    int[] tokens = new int[array.size()];
    for (int i = 0; i < tokens.length; i++) {
      JsonNode token = array.get(i);
      String place = name + "[" + i + "]";
      fields.require(place, token, token.isIntegralNumber(), "a token, an integer");
      fields.check(
          place,
          token,
          token.canConvertToInt()
              && token.intValue() >= 0
              && token.intValue() < tokenizer.vocabulary(),
          "0 to " + (tokenizer.vocabulary() - 1));
      tokens[i] = token.intValue();
    }
    String text = tokenizer.decode(tokens);
    if (!Arrays.equals(tokenizer.encode(text), tokens)) {
      throw ApiException.unsuitable(
          name, name + " has tokens that are not those of their text; send the text instead");
    }
    return text;
  }
}
