package dev.ebt.text.bpe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.error.Excerpt;
import dev.ebt.error.UserException;
import dev.ebt.text.bpe.BpeModel.Merge;
import dev.ebt.text.read.JsonErrors;
import dev.ebt.text.read.LenientJson;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reader and writer for the subset of {@code tokenizer.json} (Hugging Face tokenizers) that
 * describes byte-level BPE. Unsupported settings that change tokens are refused. Truncation,
 * padding and post-processors, which add special tokens around a text, are ignored.
 */
public final class TokenizerJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final String BYTE_LEVEL = "ByteLevel";

  private final String source;

  private TokenizerJson(String source) {
    this.source = source;
  }

  /**
   * Reads a tokenizer.
   *
   * @param source its path, for messages
   * @throws UserException naming the part that is malformed or unsupported
   */
  public static BpeModel read(byte[] json, String source) {
    JsonNode root;
    try {
      root = LenientJson.tree(json);
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
      throw new UserException(
          source
              + " is not a tokenizer.json: it is not valid JSON"
              + line
              + ": "
              + JsonErrors.reason(e),
          e);
    } catch (IOException e) {
      throw new UserException(source + " is not a tokenizer.json: it is not UTF-8 text", e);
    }
    return new TokenizerJson(source).model(new TokenizerNode(source, "", root));
  }

  private BpeModel model(TokenizerNode root) {
    TokenizerNode model = root.get("model");
    if (!model.node().isObject()) {
      throw new UserException(
          source
              + " is not a tokenizer.json: it has no 'model'. Use the file that Hugging Face"
              + " tokenizers saves, not vocab.json or merges.txt");
    }
    require("model", model.get("type").text(model.get("merges").isMissing() ? "?" : "BPE"), "BPE");
    TokenizerNode dropout = model.get("dropout");
    boolean drops =
        dropout.node().isNumber() ? dropout.node().asDouble() != 0 : !dropout.isAbsent();
    refuseUnless(!drops, "model dropout " + dropout.shown());
    for (String affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      TokenizerNode found = model.get(affix);
      boolean empty = found.isAbsent() || found.text().isEmpty();
      refuseUnless(empty, "model " + affix + " " + found.shown());
    }
    TokenizerNode words = only(root.get("pre_tokenizer"), "pretokenizers");
    require("pre_tokenizer", words.type(), BYTE_LEVEL);
    refuseUnless(words.get("use_regex").flag(true), "pre_tokenizer use_regex false");
    require("decoder", only(root.get("decoder"), "decoders").type(), BYTE_LEVEL);
    Map<String, Integer> vocabulary = vocabulary(model.get("vocab"));
    return new BpeModel(
        vocabulary,
        merges(model.get("merges"), vocabulary),
        added(root.get("added_tokens")),
        normalization(root.get("normalizer")),
        words.get("add_prefix_space").flag(true),
        model.get("ignore_merges").flag(false));
  }

  /** Returns the only part of a sequence of length one, or the part itself. */
  private static TokenizerNode only(TokenizerNode part, String members) {
    if (!part.type().equals("Sequence")) {
      return part;
    }
    List<TokenizerNode> list = part.get(members).list();
    return list.size() == 1 ? list.get(0) : part;
  }

  private void require(String part, String found, String expected) {
    refuseUnless(found.equals(expected), part + " '" + Excerpt.of(found, 80) + "'");
  }

  private void refuseUnless(boolean understood, String part) {
    if (!understood) {
      throw new UserException(
          source
              + ": "
              + part
              + " is not supported by the tokenizer 'bpe', which reads byte-level BPE as in"
              + " GPT-2; use the tokenizer 'huggingface', which reads every tokenizer.json");
    }
  }

  private static Map<String, Integer> vocabulary(TokenizerNode vocab) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry :
        vocab.object("pieces with their ids").node().properties()) {
      String place = "vocab '" + Excerpt.of(entry.getKey(), 80) + "'";
      ids.put(entry.getKey(), new TokenizerNode(vocab.source(), place, entry.getValue()).number());
    }
    return ids;
  }

  private static List<Merge> merges(TokenizerNode list, Map<String, Integer> vocabulary) {
    List<Merge> merges = new ArrayList<>();
    for (TokenizerNode node : list.list()) {
      Merge merge = merge(node);
      for (String piece : List.of(merge.left(), merge.right(), merge.left() + merge.right())) {
        if (!vocabulary.containsKey(piece)) {
          throw node.unexpected(
              "pieces of the vocabulary, which has no '" + Excerpt.of(piece, 80) + "',");
        }
      }
      merges.add(merge);
    }
    return merges;
  }

  /** Reads a merge, written as one text with a space or as two texts. */
  private static Merge merge(TokenizerNode node) {
    List<String> pieces =
        node.node().isArray()
            ? node.list().stream().map(TokenizerNode::text).toList()
            : node.node().isTextual() ? List.of(node.text().split(" ", -1)) : List.of();
    if (pieces.size() != 2 || pieces.contains("")) {
      throw node.unexpected("two pieces");
    }
    return new Merge(pieces.get(0), pieces.get(1));
  }

  private static List<AddedToken> added(TokenizerNode list) {
    List<AddedToken> added = new ArrayList<>();
    for (TokenizerNode node : list.isMissing() ? List.<TokenizerNode>of() : list.list()) {
      AddedToken token = addedToken(node.object("a mapping"));
      if (!token.content().isEmpty()) {
        added.add(token);
      }
    }
    return added;
  }

  private static AddedToken addedToken(TokenizerNode token) {
    return new AddedToken(
        token.get("id").number(),
        token.get("content").text(),
        token.get("single_word").flag(false),
        token.get("lstrip").flag(false),
        token.get("rstrip").flag(false),
        token.get("normalized").flag(false),
        token.get("special").flag(false));
  }

  private List<Normalizer.Form> normalization(TokenizerNode normalizer) {
    List<Normalizer.Form> forms = new ArrayList<>();
    if (normalizer.type().equals("Sequence")) {
      normalizer.get("normalizers").list().forEach(part -> forms.addAll(normalization(part)));
    } else if (!normalizer.isAbsent()) {
      String type = normalizer.type();
      refuseUnless(type.matches("NFK?[CD]"), "normalizer '" + Excerpt.of(type, 80) + "'");
      forms.add(Normalizer.Form.valueOf(type));
    }
    return forms;
  }

  /** Returns the JSON of a tokenizer, which {@link #read} converts back to an equal model. */
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
