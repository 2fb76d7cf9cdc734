package dev.ebt.bench.synthetic;

import static java.util.stream.Collectors.joining;

import dev.ebt.modality.Tokenizer;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A tokenizer whose tokens are decimal numbers, for a vocabulary of which only the size is known.
 */
public record PlaceholderTokenizer(int vocabulary) implements Tokenizer {
  @Override
  public int[] encode(String text) {
    return text.isBlank()
        ? new int[0]
        : Arrays.stream(text.trim().split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @Override
  public String decode(int... tokens) {
    return Arrays.stream(tokens).mapToObj(Integer::toString).collect(joining(" "));
  }

  @Override
  public OptionalInt endOfText() {
    return OptionalInt.empty();
  }

  @Override
  public String fingerprint() {
    return "numbers-" + vocabulary;
  }
}
