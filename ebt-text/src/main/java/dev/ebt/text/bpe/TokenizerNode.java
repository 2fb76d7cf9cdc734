package dev.ebt.text.bpe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.error.Excerpt;
import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A value of a {@code tokenizer.json} with strict types: a value of another type than expected is
 * refused with its file and path.
 *
 * @param source the file, for messages
 * @param path the path in the file, such as {@code model.vocab}
 */
record TokenizerNode(String source, String path, JsonNode node) {
  private static final int LONGEST = 80;

  /**
   * Returns a member of an object; a missing node if there is none, or if this is not an object.
   */
  TokenizerNode get(String member) {
    String inside = path.isEmpty() ? member : path + "." + member;
    return new TokenizerNode(source, inside, node.path(member));
  }

  boolean isMissing() {
    return node.isMissingNode();
  }

  /** Returns true if there is no value: the member is missing, or null. */
  boolean isAbsent() {
    return node.isMissingNode() || node.isNull();
  }

  /** Returns a text, or {@code otherwise} if the member is missing. */
  String text(String otherwise) {
    return isMissing() ? otherwise : text();
  }

  String text() {
    if (!node.isTextual()) {
      throw unexpected("a text");
    }
    return node.asText();
  }

  /** Returns a boolean, or {@code otherwise} if the member is missing. */
  boolean flag(boolean otherwise) {
    if (isMissing()) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      throw unexpected("true or false");
    }
    return node.asBoolean();
  }

  int number() {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw unexpected("an integer");
    }
    return node.asInt();
  }

  /** Returns the elements of a list, each with its path. */
  List<TokenizerNode> list() {
    if (!node.isArray()) {
      throw unexpected("a list");
    }
    List<TokenizerNode> elements = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      elements.add(new TokenizerNode(source, path + "[" + elements.size() + "]", element));
    }
    return elements;
  }

  /** Returns this node if it is a mapping. */
  TokenizerNode object(String expected) {
    if (!node.isObject()) {
      throw unexpected(expected);
    }
    return this;
  }

  /** Returns the {@code type} of a part of the tokenizer, or "none" if it is absent. */
  String type() {
    return isAbsent() ? "none" : object("a mapping or null").get("type").text("none");
  }

  /** Returns the value for messages. */
  String shown() {
    return Excerpt.of(node.toString(), LONGEST);
  }

  UserException unexpected(String expected) {
    return new UserException(
        String.format(
            Locale.ROOT,
            "%s: %s is %s; %s expected",
            source,
            path,
            isMissing() ? "missing" : shown(),
            expected));
  }
}
