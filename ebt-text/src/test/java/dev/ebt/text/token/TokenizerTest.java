package dev.ebt.text.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.modality.Tokenizer;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class TokenizerTest {
  private final ByteTokenizer tokenizer = new ByteTokenizer();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyUnicodeComesBack(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String text = text(random, random.nextInt(40));
      int[] tokens = tokenizer.encode(text);
      assertThat(IntStream.of(tokens)).allMatch(token -> token >= 0 && token < 256);
      assertThat(tokenizer.decode(tokens)).isEqualTo(text);
      assertThat(streamed(StreamingDecoder.of(tokenizer), tokens)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyBytesStreamAsTheyDecode(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      int[] tokens = random.ints(random.nextInt(30), 0, 256).toArray();
      assertThat(streamed(StreamingDecoder.of(tokenizer), tokens))
          .isEqualTo(tokenizer.decode(tokens));
    }
  }

  @Test
  void halfACharacterIsHeldBack() {
    StreamingDecoder stream = StreamingDecoder.of(tokenizer);
    int[] euro = tokenizer.encode("€");
    assertThat(stream.push(euro[0])).isEmpty();
    assertThat(stream.push(euro[1])).isEmpty();
    assertThat(stream.push(euro[2])).isEqualTo("€");
    assertThat(stream.push('a')).isEqualTo("a");
    assertThat(stream.push(euro[0])).isEmpty();
    assertThat(stream.push('b')).isEqualTo("\uFFFDb");
    assertThat(stream.push(euro[0])).isEmpty();
    assertThat(stream.finish()).isEqualTo("\uFFFD");
    assertThat(stream.finish()).isEmpty();
  }

  @Test
  void brokenSequencesAreReplaced() {
    assertThat(tokenizer.decode(0xFF, 'a', 0xE2, 0x82)).isEqualTo("\uFFFDa\uFFFD");
  }

  @Test
  void separatorIsNul() {
    assertThat(tokenizer.endOfText()).hasValue(0);
    assertThat(tokenizer.encode("a\0b")).containsExactly('a', 0, 'b');
  }

  @Test
  void otherTokenizersStreamToo() {
    Tokenizer other = new Renamed();
    int[] tokens = other.encode("a€😀b");
    StreamingDecoder stream = StreamingDecoder.of(other);
    assertThat(streamed(stream, tokens)).isEqualTo("a€😀b");
    assertThat(stream.push(0xE2)).isEmpty();
    assertThat(stream.finish()).isEqualTo("\uFFFD");
    assertThat(streamed(StreamingDecoder.of(other), 0xFF, 0xFF, 0xFF, 0xFF, 'a')).endsWith("a");
  }

  /** What a stream says of these tokens. */
  public static String streamed(StreamingDecoder stream, int... tokens) {
    StringBuilder text = new StringBuilder();
    for (int token : tokens) {
      text.append(stream.push(token));
    }
    return text.append(stream.finish()).toString();
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      int point = random.nextInt(Character.MAX_CODE_POINT + 1) >> random.nextInt(15);
      if (point > 0xDFFF || point < 0xD800) {
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }

  /** The byte tokenizer behind the plain interface. */
  private static final class Renamed implements Tokenizer {
    private final ByteTokenizer bytes = new ByteTokenizer();

    @Override
    public int vocabulary() {
      return bytes.vocabulary();
    }

    @Override
    public int[] encode(String text) {
      return bytes.encode(text);
    }

    @Override
    public String decode(int... tokens) {
      return bytes.decode(tokens);
    }

    @Override
    public OptionalInt endOfText() {
      return OptionalInt.empty();
    }

    @Override
    public String fingerprint() {
      return "renamed";
    }
  }
}
