package dev.ebt.text.bpe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.error.UserException;
import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static BpeModel read(String json) {
    return TokenizerJson.read(json.getBytes(UTF_8), "tok.json");
  }

  @Test
  void whatIsWrittenIsReadAsTheSame() {
    BpeModel model = SmallBpe.model(320);
    assertThat(read(TokenizerJson.write(model))).isEqualTo(model);
    BpeModel more =
        new BpeModel(
            model.vocabulary(),
            model.merges(),
            List.of(new AddedToken(400, " x", true, true, true, true, false)),
            List.of(Normalizer.Form.NFD, Normalizer.Form.NFKC),
            true,
            true);
    assertThat(read(TokenizerJson.write(more))).isEqualTo(more);
  }

  @Test
  void whatIsWrittenHasThePartsThatOtherReadersWant() throws JsonProcessingException {
    var root = MAPPER.readTree(TokenizerJson.write(SmallBpe.model(300)));
    assertThat(root.path("version").asText()).isEqualTo("1.0");
    assertThat(root.path("model").path("type").asText()).isEqualTo("BPE");
    assertThat(root.path("pre_tokenizer").path("type").asText()).isEqualTo("ByteLevel");
    assertThat(root.path("decoder").path("type").asText()).isEqualTo("ByteLevel");
    assertThat(root.path("model").path("vocab").size()).isEqualTo(300);
    assertThat(root.path("model").path("merges").get(0).asText()).matches("\\S+ \\S+");
    assertThat(root.path("added_tokens").get(0).path("single_word").asBoolean(true)).isFalse();
  }

  private static ObjectNode small() throws JsonProcessingException {
    return (ObjectNode) MAPPER.readTree(TokenizerJson.write(SmallBpe.model(300)));
  }

  @Test
  void mergesMayBePairsAndPartsMayStandAlone() throws JsonProcessingException {
    ObjectNode root = small();
    BpeModel expected = read(root.toString());
    var pairs = MAPPER.createArrayNode();
    expected.merges().forEach(merge -> pairs.addArray().add(merge.left()).add(merge.right()));
    ((ObjectNode) root.get("model")).set("merges", pairs);
    ObjectNode words = root.putObject("pre_tokenizer").put("type", "Sequence");
    words
        .putArray("pretokenizers")
        .addObject()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false);
    root.remove("post_processor");
    root.remove("added_tokens");
    assertThat(read(root.toString()).merges()).isEqualTo(expected.merges());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/model/type | 'WordPiece' | tok.json: model 'WordPiece' is not",
        "/model/type | 'Unigram' | model 'Unigram'",
        "/model/end_of_word_suffix | '</w>' | model end_of_word_suffix",
        "/model/continuing_subword_prefix | '##' | continuing_subword_prefix",
        "/model/dropout | 0.1 | model dropout 0.1",
        "/pre_tokenizer/type | 'Metaspace' | pre_tokenizer 'Metaspace'",
        "/pre_tokenizer/type | 'Sequence' | pre_tokenizer 'Sequence'",
        "/pre_tokenizer/use_regex | false | pre_tokenizer use_regex false",
        "/pre_tokenizer | null | pre_tokenizer 'none'",
        "/decoder/type | 'WordPiece' | decoder 'WordPiece'",
        "/normalizer | {'type': 'Lowercase'} | normalizer 'Lowercase'",
        "/normalizer | {'type': 'Sequence', 'normalizers': [{'type': 'Strip'}]} | normalizer 'Strip'"
      },
      quoteCharacter = '`')
  void whatIsNotUnderstoodIsRefusedByName(String path, String value, String message)
      throws JsonProcessingException {
    ObjectNode root = small();
    int slash = path.lastIndexOf('/');
    ((ObjectNode) root.at(path.substring(0, slash)))
        .set(path.substring(slash + 1), MAPPER.readTree(value.replace('\'', '"')));
    assertThatThrownBy(() -> read(root.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("byte-level BPE as of GPT-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | tok.json is no tokenizer.json: it has no 'model'",
        "{'model': {'vocab': | tok.json is no tokenizer.json: broken JSON in line 1",
        "{'model': {'vocab': {'a': 0, 'a': 1}}} | Duplicate",
      },
      quoteCharacter = '`')
  void otherFilesAreRefused(String json, String message) {
    assertThatThrownBy(() -> read(json.replace('\'', '"')))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatContradictsItselfIsRefused() throws JsonProcessingException {
    ObjectNode merges = small();
    merges.withArray("/model/merges").insert(1, "a zz");
    assertThatThrownBy(() -> read(merges.toString()))
        .hasMessageStartingWith("tok.json: merge 1 is \"a zz\"; pieces of the vocabulary");
    ObjectNode one = small();
    one.withArray("/model/merges").insert(0, "azz");
    assertThatThrownBy(() -> read(one.toString())).hasMessageContaining("merge 0 is \"azz\"; two");
    ObjectNode id = small();
    id.withObject("/model/vocab").put("!", "one");
    assertThatThrownBy(() -> read(id.toString())).hasMessageContaining("vocab '!' is \"one\"");
    ObjectNode added = small();
    added.withArray("/added_tokens").addObject().put("id", "x");
    assertThatThrownBy(() -> read(added.toString())).hasMessageContaining("added token {");

    ObjectNode twice = small();
    twice.withObject("/model/vocab").put("!", 2);
    assertThatThrownBy(() -> new BpeTokenizer(read(twice.toString()), "tok.json", null))
        .hasMessage("tok.json: id 2 is both '!' and '\"'");
    ObjectNode negative = small();
    negative.withObject("/model/vocab").put("zz", -3);
    assertThatThrownBy(() -> new BpeTokenizer(read(negative.toString()), "tok.json", null))
        .hasMessageStartingWith("tok.json: id -3; 0 to");
    ObjectNode missing = small();
    missing.withObject("/model/vocab").remove("!");
    assertThatThrownBy(() -> new BpeTokenizer(read(missing.toString()), "tok.json", null))
        .hasMessageContaining("no piece for byte 0x21 ('!')");
  }
}
