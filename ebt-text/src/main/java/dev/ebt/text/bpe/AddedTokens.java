package dev.ebt.text.bpe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** A matcher for added tokens in a text: leftmost match first, then the longest. */
final class AddedTokens {
  /** Tokens by first character, longest first. */
  private final Map<Character, List<AddedToken>> tokens = new HashMap<>();

  AddedTokens(List<AddedToken> tokens) {
    for (AddedToken token : tokens) {
      this.tokens.computeIfAbsent(token.content().charAt(0), c -> new ArrayList<>()).add(token);
    }
    Comparator<AddedToken> longestFirst =
        Comparator.comparingInt(token -> -token.content().length());
    this.tokens.values().forEach(list -> list.sort(longestFirst));
  }

  /** Passes the matched tokens and the text between them to the consumers, in order. */
  void cut(String text, Consumer<String> between, IntConsumer found) {
    int done = 0;
    int at = 0;
    while (!tokens.isEmpty() && at < text.length()) {
      Optional<AddedToken> match = match(text, at);
      if (match.isEmpty()) {
        at++;
        continue;
      }
      AddedToken token = match.get();
      int end = at + token.content().length();
      if (token.singleWord() && touchesWord(text, at, end)) {
        at = end;
        continue;
      }
      int start = token.lstrip() ? spaceBefore(text, at, done) : at;
      at = token.rstrip() ? spaceAfter(text, end) : end;
      if (start > done) {
        between.accept(text.substring(done, start));
      }
      found.accept(token.id());
      done = at;
    }
    if (done < text.length()) {
      between.accept(text.substring(done));
    }
  }

  private Optional<AddedToken> match(String text, int at) {
    List<AddedToken> candidates = tokens.get(text.charAt(at));
    return candidates == null
        ? Optional.empty()
        : candidates.stream().filter(token -> text.startsWith(token.content(), at)).findFirst();
  }

  private static boolean touchesWord(String text, int start, int end) {
    return (start > 0 && Unicode.isWordCharacter(text.codePointBefore(start)))
        || (end < text.length() && Unicode.isWordCharacter(text.codePointAt(end)));
  }

  private static int spaceBefore(String text, int end, int least) {
    int start = end;
    while (start > least && isSpace(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int spaceAfter(String text, int start) {
    int end = start;
    while (end < text.length() && isSpace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isSpace(char character) {
    return CharacterClass.of(character) == CharacterClass.SPACE;
  }
}
