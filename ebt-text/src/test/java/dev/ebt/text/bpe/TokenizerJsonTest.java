package dev.ebt.text.bpe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.error.UserException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "/pre_tokenizer | {'type': 'Sequence', 'pretokenizers': [{'type': 'Digits'}, {}]} | pre_tokenizer 'Sequence'",
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
        .hasMessageContaining("byte-level BPE as in GPT-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | tok.json is not a tokenizer.json: it has no 'model'",
        "{'model': {'vocab': | tok.json is not a tokenizer.json: it is not valid JSON in line 1",
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
        .hasMessage(
            "tok.json: model.merges[1] is \"a zz\"; pieces of the vocabulary, which has no 'zz',"
                + " expected");
    ObjectNode one = small();
    one.withArray("/model/merges").insert(0, "azz");
    assertThatThrownBy(() -> read(one.toString()))
        .hasMessage("tok.json: model.merges[0] is \"azz\"; two pieces expected");
    ObjectNode id = small();
    id.withObject("/model/vocab").put("!", "one");
    assertThatThrownBy(() -> read(id.toString()))
        .hasMessage("tok.json: vocab '!' is \"one\"; an integer expected");
    ObjectNode added = small();
    added.withArray("/added_tokens").addObject().put("id", "x");
    assertThatThrownBy(() -> read(added.toString()))
        .hasMessage("tok.json: added_tokens[1].id is \"x\"; an integer expected");

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

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "null"})
  void noDropoutIsNone(String dropout) throws JsonProcessingException {
    ObjectNode root = small();
    ((ObjectNode) root.get("model")).set("dropout", MAPPER.readTree(dropout));
    assertThat(read(root.toString())).isEqualTo(SmallBpe.model(300));
  }

  /** A file with every part that is read. */
  private static ObjectNode full() throws JsonProcessingException {
    ObjectNode root = small();
    for (String part : List.of("pre_tokenizer", "decoder")) {
      var inner = root.get(part).deepCopy();
      String members = part.equals("decoder") ? "decoders" : "pretokenizers";
      root.putObject(part).put("type", "Sequence").putArray(members).add(inner);
    }
    root.putObject("normalizer")
        .put("type", "Sequence")
        .putArray("normalizers")
        .addObject()
        .put("type", "NFC");
    ObjectNode model = (ObjectNode) root.get("model");
    model.withArray("/merges").removeAll();
    model.withArray("/merges").add("e r").addArray().add("o").add("w");
    return root;
  }

  private static final List<String> REPLACEMENTS =
      List.of("null", "7", "-1e300", "'x'", "true", "[]", "[null]", "{}", "{'a': 'b'}");

  /** Every value of the file, but of the many pieces one. */
  private static void places(JsonNode node, String path, List<String> places) {
    places.add(path);
    if (path.endsWith("/vocab")) {
      places.add(path + "/!");
    } else if (node.isObject()) {
      node.properties().forEach(e -> places(e.getValue(), path + "/" + e.getKey(), places));
    } else {
      for (int i = 0; i < node.size(); i++) {
        places(node.get(i), path + "/" + i, places);
      }
    }
  }

  static Stream<Arguments> replacedValues() throws JsonProcessingException {
    List<String> places = new ArrayList<>();
    places(full(), "", places);
    return places.stream().flatMap(at -> REPLACEMENTS.stream().map(with -> arguments(at, with)));
  }

  private static String replaced(String place, String value) throws JsonProcessingException {
    JsonNode with = MAPPER.readTree(value.replace('\'', '"'));
    if (place.isEmpty()) {
      return with.toString();
    }
    ObjectNode root = full();
    int slash = place.lastIndexOf('/');
    JsonNode parent = root.at(place.substring(0, slash));
    String last = place.substring(slash + 1);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(last), with);
    } else {
      ((ObjectNode) parent).set(last, with);
    }
    return root.toString();
  }

  /** Where any other type changes nothing, because the value is for others or means nothing. */
  private static final Pattern UNREAD =
      Pattern.compile(
          "/(version|truncation|padding|post_processor(/.*)?)"
              + "|/(decoder/decoders|pre_tokenizer/pretokenizers)/0/trim_offsets"
              + "|/decoder/decoders/0/(add_prefix_space|use_regex)"
              + "|/model/(unk_token|fuse_unk|byte_fallback)");

  /** Where null is the same as nothing. */
  private static final Pattern MAY_BE_NULL = Pattern.compile("/normalizer(/normalizers/0)?");

  /** Of most values a wrong type is refused; whatever happens, the message names the file. */
  @ParameterizedTest
  @MethodSource("replacedValues")
  void anyValueOfAnotherTypeIsRefusedByFileAndPlace(String place, String value)
      throws JsonProcessingException {
    String json = replaced(place, value);
    JsonNode with = MAPPER.readTree(value.replace('\'', '"'));
    boolean other =
        full().at(place).getNodeType() != with.getNodeType()
            && !UNREAD.matcher(place).matches()
            && !(with.isNull() && MAY_BE_NULL.matcher(place).matches())
            && !(place.equals("/model/dropout") && with.isNumber())
            && !(place.matches("/model/merges/\\d") && with.isArray());
    try {
      BpeTokenizer tokenizer = new BpeTokenizer(read(json), "tok.json", null);
      assertThat(tokenizer.decode(tokenizer.encode("own"))).contains("own");
      assertThat(other).as(place + " as " + value).isFalse();
    } catch (UserException e) {
      assertThat(e.getMessage())
          .startsWith("tok.json")
          .hasSizeLessThan(400)
          .doesNotContain("com.", "java.", "dev.ebt", "JsonNode", "null:");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/added_tokens | [null] | tok.json: added_tokens[0] is null; a mapping expected",
        "/model/merges | {'a': 'b'} | tok.json: model.merges is {\"a\":\"b\"}; a list expected",
        "/pre_tokenizer/pretokenizers | {} | tok.json: pre_tokenizer.pretokenizers is {}; a list expected",
        "/model/vocab | [] | tok.json: model.vocab is []; pieces with their ids expected",
        "/model/vocab/! | 1.5 | tok.json: vocab '!' is 1.5; an integer expected",
      })
  void wrongTypesAreToldAtTheirPlace(String place, String value, String message)
      throws JsonProcessingException {
    String json = replaced(place, value);
    assertThatThrownBy(() -> read(json)).isInstanceOf(UserException.class).hasMessage(message);
  }

  @Test
  void longValuesAreCutInMessages() throws JsonProcessingException {
    String letters = "k".repeat(100_000);
    for (String place :
        List.of("/model/merges/0", "/model/type", "/model/vocab/!", "/model/dropout")) {
      String json = replaced(place, "'" + letters + "'");
      assertThatThrownBy(() -> read(json))
          .isInstanceOf(UserException.class)
          .message()
          .hasSizeLessThan(400);
    }
  }
}
