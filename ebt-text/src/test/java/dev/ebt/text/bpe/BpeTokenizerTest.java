package dev.ebt.text.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.text.token.AnyText;
import dev.ebt.text.token.StreamingDecoder;
import dev.ebt.text.token.SurrogateRepair;
import dev.ebt.text.token.TokenizerTest;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BpeTokenizerTest {
  private final BpeTokenizer tokenizer = SmallBpe.tokenizer();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyUnicodeComesBackWholeAndInAStream(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String text = AnyText.wellFormed(random, random.nextInt(30));
      int[] tokens = tokenizer.encode(text);
      assertThat(IntStream.of(tokens)).allMatch(token -> token >= 0 && token < 300);
      assertThat(tokenizer.decode(tokens)).isEqualTo(text);
      assertThat(TokenizerTest.streamed(StreamingDecoder.of(tokenizer), tokens)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void halvesOfSurrogatePairsAreQuestionMarks(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      String text = AnyText.broken(random, 1 + random.nextInt(9));
      assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(SurrogateRepair.of(text));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyTokensStreamAsTheyDecode(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      int[] tokens = random.ints(random.nextInt(20), 0, 300).toArray();
      assertThat(TokenizerTest.streamed(StreamingDecoder.of(tokenizer), tokens))
          .isEqualTo(tokenizer.decode(tokens));
    }
  }

  /** Merging the pair that was learnt first, over and over, with nothing clever about it. */
  @Test
  void wordsAreMergedByRank() {
    BpeModel model = SmallBpe.model(310);
    BpeTokenizer merged = new BpeTokenizer(model, "small", null);
    Words.cut(
        SmallBpe.TEXT + " Thethethe owowner ownownown 345345345",
        word -> {
          List<String> pieces = new ArrayList<>();
          for (byte code : word.getBytes(StandardCharsets.UTF_8)) {
            pieces.add(ByteAlphabet.write(code));
          }
          for (BpeModel.Merge merge : model.merges()) {
            for (int i = 0; i + 1 < pieces.size(); i++) {
              if (pieces.get(i).equals(merge.left()) && pieces.get(i + 1).equals(merge.right())) {
                pieces.set(i, merge.left() + merge.right());
                pieces.remove(i + 1);
              }
            }
          }
          assertThat(merged.encode(word))
              .as(word)
              .containsExactly(pieces.stream().mapToInt(model.vocabulary()::get).toArray());
        });
  }

  @Test
  void aPageWithoutASpaceIsEncoded() {
    String text = "ab".repeat(200_000);
    assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
  }

  @Test
  void specialTokensAreFoundInText() {
    assertThat(tokenizer.endOfText()).hasValue(0);
    int a = tokenizer.encode("a")[0];
    assertThat(tokenizer.encode("a<|endoftext|>a")).containsExactly(a, 0, a);
    assertThat(tokenizer.encode("<|endoftext|")).doesNotContain(0);
  }

  @Test
  void theEndOfTextCanBeAnotherSpecialToken() {
    BpeTrainer trainer = new BpeTrainer(300, List.of("<end>", "<pad>"));
    BpeModel model = trainer.train(tokens -> true).orElseThrow();
    assertThat(new BpeTokenizer(model, "x", null).endOfText()).isEmpty();
    assertThat(new BpeTokenizer(model, "x", "<end>").endOfText()).hasValue(0);
    assertThatThrownBy(() -> new BpeTokenizer(model, "x.json", "<eos>"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "modality.tokenizer.endOfText is '<eos>'; x.json has no such special token."
                + " Available: [<end>, <pad>]");
  }

  private static BpeTokenizer with(
      List<Normalizer.Form> forms, boolean prefix, AddedToken... added) {
    BpeModel small = SmallBpe.model(300);
    return new BpeTokenizer(
        new BpeModel(small.vocabulary(), small.merges(), List.of(added), forms, prefix, false),
        "x",
        null);
  }

  @Test
  void theLongestAddedTokenWinsBeforeWordsAreCut() {
    BpeTokenizer spaces =
        with(
            List.of(),
            false,
            new AddedToken(320, "  ", false, false, false, true, false),
            new AddedToken(321, "    ", false, false, false, true, false));
    int x = tokenizer.encode("x")[0];
    int space = tokenizer.encode(" ")[0];
    assertThat(spaces.encode("x       x")).containsExactly(x, 321, 320, space, x);
    assertThat(spaces.decode(321, 320)).isEqualTo("      ");
  }

  @Test
  void addedTokensTakeSpacesAlongOrStandAlone() {
    BpeTokenizer mask =
        with(
            List.of(),
            false,
            new AddedToken(320, "<mask>", false, true, true, false, true),
            new AddedToken(321, "own", true, false, false, false, false));
    int x = tokenizer.encode("x")[0];
    assertThat(mask.encode("x  <mask>\n x")).containsExactly(x, 320, x);
    assertThat(mask.encode("x<mask>x")).containsExactly(x, 320, x);
    assertThat(mask.encode("-own-")).contains(321);
    assertThat(mask.encode("owner down own_")).doesNotContain(321);
  }

  @Test
  void normalFormsComeBeforeTokensThatAskForThem() {
    BpeTokenizer composed =
        with(
            List.of(Normalizer.Form.NFC),
            false,
            new AddedToken(320, "e\u0301", false, false, false, true, false),
            new AddedToken(321, "o\u0301", false, false, false, false, false));
    assertThat(composed.encode("\u00E9e\u0301")).containsExactly(320, 320);
    assertThat(composed.encode("o\u0301")).containsExactly(321);
    assertThat(composed.encode("\u00F3")).doesNotContain(321);
    assertThat(composed.decode(composed.encode("a\u0308"))).isEqualTo("\u00E4");
  }

  @Test
  void aSpaceMayBePutInFront() {
    BpeTokenizer prefixed = with(List.of(), true);
    assertThat(prefixed.encode("owner")).isEqualTo(tokenizer.encode(" owner"));
    assertThat(prefixed.encode(" owner")).isEqualTo(tokenizer.encode(" owner"));
  }

  @Test
  void fingerprintsTellTokenizersApart() {
    assertThat(tokenizer.fingerprint())
        .isEqualTo(SmallBpe.tokenizer().fingerprint())
        .startsWith("byte-level BPE with 300 tokens (")
        .isNotEqualTo(with(List.of(), false).fingerprint())
        .isNotEqualTo(new BpeTokenizer(SmallBpe.model(299), "x", null).fingerprint());
  }
}
