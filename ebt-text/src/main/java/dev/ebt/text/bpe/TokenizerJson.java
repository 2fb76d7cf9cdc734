package dev.ebt.text.bpe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.error.Reason;
import dev.ebt.error.UserException;
import dev.ebt.text.bpe.BpeModel.Merge;
import dev.ebt.text.read.BrokenJson;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code tokenizer.json} of Hugging Face's tokenizers library, as far as it says byte-level
 * BPE. What would change the tokens and is not understood is refused. Truncation, padding and post
 * processors, which add special tokens around a text, are for callers of that library and are
 * passed over.
 */
public final class TokenizerJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private static final String BYTE_LEVEL = "ByteLevel";

  private final String source;

  private TokenizerJson(String source) {
    this.source = source;
  }

  /**
   * Reads a tokenizer.
   *
   * @param source what to call it in messages: its path
   * @throws UserException naming the part that is broken or not understood
   */
  public static BpeModel read(byte[] json, String source) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
      throw new UserException(
          source + " is no tokenizer.json: broken JSON" + line + ": " + BrokenJson.reason(e), e);
    } catch (IOException e) {
      throw new UserException(source + " is no tokenizer.json: " + Reason.of(e), e);
    }
    return new TokenizerJson(source).model(root);
  }

  private BpeModel model(JsonNode root) {
    JsonNode model = root.path("model");
    if (!model.isObject()) {
      throw new UserException(
          source
              + " is no tokenizer.json: it has no 'model'. The one that Hugging Face's tokenizers"
              + " library saves expected, not vocab.json or merges.txt alone");
    }
    require("model", model.path("type").asText(model.has("merges") ? "BPE" : "?"), "BPE");
    refuseUnless(isEmpty(model.path("dropout")), "model dropout " + model.path("dropout"));
    for (String affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      refuseUnless(isEmpty(model.path(affix)), "model " + affix + " " + model.path(affix));
    }
    JsonNode words = only(root.path("pre_tokenizer"), "pretokenizers");
    require("pre_tokenizer", type(words), BYTE_LEVEL);
    refuseUnless(words.path("use_regex").asBoolean(true), "pre_tokenizer use_regex false");
    require("decoder", type(only(root.path("decoder"), "decoders")), BYTE_LEVEL);
    Map<String, Integer> vocabulary = vocabulary(model.path("vocab"));
    return new BpeModel(
        vocabulary,
        merges(model.path("merges"), vocabulary),
        added(root.path("added_tokens")),
        normalization(root.path("normalizer")),
        words.path("add_prefix_space").asBoolean(true),
        model.path("ignore_merges").asBoolean(false));
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isMissingNode()
        || node.isNull()
        || node.asText().isEmpty()
        || node.asText().equals("0.0");
  }

  private static String type(JsonNode part) {
    return part.path("type").asText("none");
  }

  /** A sequence of one part is that part. */
  private static JsonNode only(JsonNode part, String members) {
    JsonNode list = part.path(members);
    return type(part).equals("Sequence") && list.size() == 1 ? list.get(0) : part;
  }

  private void require(String part, String found, String expected) {
    refuseUnless(found.equals(expected), part + " '" + found + "'");
  }

  private void refuseUnless(boolean understood, String part) {
    if (!understood) {
      throw new UserException(
          source
              + ": "
              + part
              + " is not for the tokenizer 'bpe', which reads byte-level BPE as of GPT-2 and"
              + " nothing else; the tokenizer 'huggingface' reads any tokenizer.json");
    }
  }

  private Map<String, Integer> vocabulary(JsonNode vocab) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    vocab
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().canConvertToInt()) {
                throw broken("vocab '" + entry.getKey() + "'", entry.getValue(), "a number");
              }
              ids.put(entry.getKey(), entry.getValue().asInt());
            });
    return ids;
  }

  private List<Merge> merges(JsonNode list, Map<String, Integer> vocabulary) {
    List<Merge> merges = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Merge merge = merge(list.get(i));
      String place = "merge " + i;
      if (merge == null) {
        throw broken(place, list.get(i), "two pieces");
      }
      for (String piece : List.of(merge.left(), merge.right(), merge.left() + merge.right())) {
        if (!vocabulary.containsKey(piece)) {
          throw broken(place, list.get(i), "pieces of the vocabulary; '" + piece + "' is none");
        }
      }
      merges.add(merge);
    }
    return merges;
  }

  /** Written as one text with a space in it, or as two texts. */
  private static @Nullable Merge merge(JsonNode node) {
    String[] pieces =
        node.isArray()
            ? new String[] {node.path(0).asText(), node.path(1).asText()}
            : node.asText().split(" ", -1);
    boolean two = pieces.length == 2 && !pieces[0].isEmpty() && !pieces[1].isEmpty();
    return two ? new Merge(pieces[0], pieces[1]) : null;
  }

  private List<AddedToken> added(JsonNode list) {
    List<AddedToken> added = new ArrayList<>();
    for (JsonNode node : list) {
      try {
        AddedToken token = MAPPER.treeToValue(node, AddedToken.class);
        if (token.content() != null && !token.content().isEmpty()) {
          added.add(token);
        }
      } catch (JsonProcessingException e) {
        throw new UserException(
            source + ": added token " + node + " is broken: " + Reason.of(e), e);
      }
    }
    return added;
  }

  private List<Normalizer.Form> normalization(JsonNode normalizer) {
    List<Normalizer.Form> forms = new ArrayList<>();
    if (type(normalizer).equals("Sequence")) {
      normalizer.path("normalizers").forEach(part -> forms.addAll(normalization(part)));
    } else if (!normalizer.isNull() && !normalizer.isMissingNode()) {
      String type = type(normalizer);
      refuseUnless(type.matches("NFK?[CD]"), "normalizer '" + type + "'");
      forms.add(Normalizer.Form.valueOf(type));
    }
    return forms;
  }

  private UserException broken(String place, JsonNode found, String expected) {
    return new UserException(
        source + ": " + place + " is " + found + "; " + expected + " expected");
  }

  /** The file of a tokenizer, which {@link #read} reads as an equal one. */
  public static String write(BpeModel model) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    root.set("added_tokens", MAPPER.valueToTree(model.added()));
    root.set("normalizer", normalizer(model.normalization()));
    for (String part : List.of("pre_tokenizer", "post_processor", "decoder")) {
      root.putObject(part)
          .put("type", BYTE_LEVEL)
          .put("add_prefix_space", model.prefixSpace())
          .put("trim_offsets", true)
          .put("use_regex", true);
    }
    ObjectNode bpe = root.putObject("model");
    bpe.put("type", "BPE").putNull("dropout").putNull("unk_token");
    bpe.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    bpe.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", model.wholeWords());
    ObjectNode vocabulary = bpe.putObject("vocab");
    model.vocabulary().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(piece -> vocabulary.put(piece.getKey(), piece.getValue()));
    ArrayNode merges = bpe.putArray("merges");
    model.merges().forEach(merge -> merges.add(merge.left() + " " + merge.right()));
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode normalizer(List<Normalizer.Form> forms) {
    List<JsonNode> parts =
        forms.stream()
            .<JsonNode>map(form -> MAPPER.createObjectNode().put("type", form.name()))
            .toList();
    if (parts.size() < 2) {
      return parts.isEmpty() ? MAPPER.nullNode() : parts.get(0);
    }
    ObjectNode sequence = MAPPER.createObjectNode().put("type", "Sequence");
    sequence.putArray("normalizers").addAll(parts);
    return sequence;
  }
}
