package dev.ebt.text.extra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.text.bpe.BpeModel;
import dev.ebt.text.bpe.BpeTokenizer;
import dev.ebt.text.bpe.BpeTrainer;
import dev.ebt.text.bpe.TokenizerJson;
import dev.ebt.text.token.AnyText;
import dev.ebt.text.token.StreamingDecoder;
import dev.ebt.text.token.TokenizerFileSettings;
import dev.ebt.text.token.TokenizerTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceLibraryTokenizerTest {
  private static final String WORDS =
      """
      {"version": "1.0", "truncation": {"direction": "Right", "max_length": 3,
        "strategy": "LongestFirst", "stride": 0},
       "padding": {"strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": null,
         "pad_id": 0, "pad_type_id": 0, "pad_token": "[UNK]"},
       "added_tokens": [{"id": 5, "content": "[SEP]", "single_word": false, "lstrip": false,
         "rstrip": false, "normalized": false, "special": true}],
       "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
       "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 5], "cls": ["[SEP]", 5]},
       "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": false},
       "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
         "max_input_chars_per_word": 100,
         "vocab": {"[UNK]": 0, "own": 1, "##er": 2, "the": 3, "##s": 4, "[SEP]": 5}}}
      """;

  private static final String LIKELY =
      """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
       "normalizer": null, "pre_tokenizer": {"type": "Metaspace", "replacement": "▁",
         "prepend_scheme": "always", "split": true},
       "post_processor": null, "decoder": {"type": "Metaspace", "replacement": "▁",
         "prepend_scheme": "always", "split": true},
       "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": false,
         "vocab": [["<unk>", 0.0], ["▁the", -1.0], ["▁own", -1.5], ["er", -2.0]]}}
      """;

  @TempDir private Path folder;

  private HuggingFaceLibraryTokenizer read(String json, String endOfText) throws IOException {
    Path file = Files.writeString(folder.resolve("tokens.json"), json);
    return HuggingFaceLibraryTokenizer.read(
        new TokenizerFileSettings(file.toString(), endOfText), file);
  }

  /** The library and our own code read our files alike: two implementations of one thing. */
  @Test
  void byteLevelBpeIsTheSameAsOurs() throws IOException {
    BpeTrainer trainer = new BpeTrainer(300, List.of(TokenizerFileSettings.END_OF_TEXT));
    trainer.add("the owner's owner don't own the café, 12345 日本語 日本 they'll own it".repeat(3));
    String file = TokenizerJson.write(trainer.train(tokens -> true).orElseThrow());
    HuggingFaceLibraryTokenizer theirs = read(file, null);
    BpeTokenizer ours =
        BpeTokenizer.read(new TokenizerFileSettings("x", null), folder.resolve("tokens.json"));
    assertThat(theirs.vocabulary()).isEqualTo(ours.vocabulary());
    assertThat(theirs.endOfText()).isEqualTo(ours.endOfText()).isPresent();
    Random random = new Random(7);
    int compared = 0;
    for (int i = 0; i < 300; i++) {
      String text = AnyText.wellFormed(random, random.nextInt(20));
      int[] tokens = theirs.encode(text);
      assertThat(theirs.decode(tokens)).isEqualTo(text);
      assertThat(TokenizerTest.streamed(StreamingDecoder.of(theirs), tokens)).isEqualTo(text);
      // Characters that one of the two Unicode versions does not know are cut otherwise.
      if (text.codePoints().allMatch(Character::isDefined)) {
        assertThat(tokens).as(text).isEqualTo(ours.encode(text));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(30);
    String broken = AnyText.broken(random, 5);
    assertThat(theirs.encode(broken)).isEqualTo(ours.encode(broken));
  }

  @Test
  void aPairThatIsListedTwiceHasItsLastRankForBoth() throws IOException {
    BpeTrainer trainer = new BpeTrainer(256, List.of());
    Map<String, Integer> pieces =
        new HashMap<>(trainer.train(t -> true).orElseThrow().vocabulary());
    pieces.put("ab", 256);
    pieces.put("bc", 257);
    BpeModel.Merge ab = new BpeModel.Merge("a", "b");
    BpeModel.Merge bc = new BpeModel.Merge("b", "c");
    String file = TokenizerJson.write(new BpeModel(pieces, List.of(ab, bc, ab), List.of()));
    HuggingFaceLibraryTokenizer theirs = read(file, null);
    BpeTokenizer ours =
        BpeTokenizer.read(new TokenizerFileSettings("x", null), folder.resolve("tokens.json"));
    assertThat(theirs.encode("abc ab")).isEqualTo(ours.encode("abc ab")).contains(257, 256);
  }

  @Test
  void nothingIsAddedAndNothingCutOff() throws IOException {
    HuggingFaceLibraryTokenizer words = read(WORDS, "[SEP]");
    int[] tokens = words.encode("The owner owns the OWNERS");
    assertThat(tokens).containsExactly(3, 1, 2, 1, 4, 3, 1, 2, 4);
    assertThat(words.decode(tokens)).isEqualTo("the owner owns the owners");
    assertThat(TokenizerTest.streamed(StreamingDecoder.of(words), tokens))
        .isEqualTo("the owner owns the owners");
    assertThat(words.encode("")).isEmpty();
    assertThat(words.decode()).isEmpty();
    assertThat(words.encode("the ".repeat(2000))).hasSize(2000).containsOnly(3);
  }

  @Test
  void theVocabularyGoesToTheGreatestId() throws IOException {
    assertThat(read(WORDS, null).vocabulary()).isEqualTo(6);
    assertThat(read(WORDS, null).endOfText()).isEmpty();
    assertThat(read(WORDS, "[SEP]").endOfText()).hasValue(5);
    HuggingFaceLibraryTokenizer likely = read(LIKELY, null);
    assertThat(likely.vocabulary()).isEqualTo(4);
    assertThat(likely.encode("the owner")).containsExactly(1, 2, 3);
    assertThat(likely.decode(1, 2, 3)).isEqualTo("the owner");
  }

  @Test
  void itsFileGoesWithTheRun() throws IOException {
    HuggingFaceLibraryTokenizer words = read(WORDS, "[SEP]");
    assertThat(words.settings())
        .isEqualTo(new TokenizerFileSettings("parts/tokenizer.json", "[SEP]"));
    assertThat(words.files()).containsOnlyKeys("parts/tokenizer.json");
    byte[] kept = words.files().get("parts/tokenizer.json");
    assertThat(kept).isEqualTo(Files.readAllBytes(folder.resolve("tokens.json")));
    assertThat(words.fingerprint()).startsWith("tokenizer.json with 6 tokens (");
    assertThat(read(LIKELY, null).fingerprint()).isNotEqualTo(words.fingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | tokens.json is not a tokenizer.json: ",
        "{\"model\": | tokens.json is not a tokenizer.json: ",
      })
  void otherFilesAreRefused(String json, String message) {
    assertThatThrownBy(() -> read(json, null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatIsNotThereIsTold() {
    assertThatThrownBy(() -> read(WORDS, "<eos>"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("modality.tokenizer.endOfText is '<eos>'; ")
        .hasMessageEndingWith("tokens.json has no such added token. Available: [[SEP]]");
    Path none = folder.resolve("none.json");
    assertThatThrownBy(
            () -> HuggingFaceLibraryTokenizer.read(new TokenizerFileSettings("x", null), none))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none.json");
    assertThatThrownBy(() -> read(WORDS.replace("\"##s\": 4", "\"##s\": 400000000"), null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tokens.json: the largest id is 400000000; 0 to 16777216 expected");
  }
}
