package dev.ebt.text.bpe;

import com.google.common.primitives.ImmutableIntArray;
import dev.ebt.error.Excerpt;
import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.plugin.HasArtifacts;
import dev.ebt.store.Sha256;
import dev.ebt.text.document.UnreadableFile;
import dev.ebt.text.token.ByteLevelTokenizer;
import dev.ebt.text.token.SurrogateRepair;
import dev.ebt.text.token.TokenizerFileSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A byte-level byte-pair encoding tokenizer as in GPT-2 (Radford et al. 2019): a text is split into
 * {@link Words}, and the bytes of each word are merged in pairs. Any text can be encoded, and
 * decoding returns it in the normalization form of the model.
 */
public final class BpeTokenizer implements ByteLevelTokenizer, HasArtifacts {
  /** The size of the cache of encoded words. */
  private static final int REMEMBERED = 1 << 16;

  private static final int LONGEST_REMEMBERED = 64;
  private static final int LARGEST_ID = 1 << 24;
  private static final byte[] NONE = {};

  /** Bytes that never occur in UTF-8; a vocabulary may omit them. */
  private static final int UNUSED = -1;

  private final BpeModel model;
  private final byte[][] pieces;
  private final int[] singles = new int[256];
  private final Merges merges = new Merges();
  private final AddedTokens before;
  private final AddedTokens after;
  private final OptionalInt endOfText;
  private final @Nullable String chosenEndOfText;
  private final String file;
  private final Map<String, int[]> words = new ConcurrentHashMap<>();

  /**
   * Creates the tokenizer of a model.
   *
   * @param source the origin of the model, for messages
   * @param endOfText the added token between documents; if null, {@value
   *     TokenizerFileSettings#END_OF_TEXT} if the model has it
   * @throws UserException if the model has no such token, or if pieces are missing or contradictory
   */
  public BpeTokenizer(BpeModel model, String source, @Nullable String endOfText) {
    this.model = model;
    this.chosenEndOfText = endOfText;
    this.endOfText =
        endOfText == null
            ? find(model, TokenizerFileSettings.END_OF_TEXT)
            : OptionalInt.of(id(model, source, endOfText));
    this.pieces = pieces(model, source);
    fillSingles(source);
    model
        .merges()
        .forEach(
            merge ->
                merges.add(id(merge.left()), id(merge.right()), id(merge.left() + merge.right())));
    before = new AddedTokens(model.added().stream().filter(t -> !t.normalized()).toList());
    after =
        new AddedTokens(
            model.added().stream().filter(AddedToken::normalized).map(this::normalized).toList());
    file = TokenizerJson.write(model);
  }

  /**
   * Reads the tokenizer that settings name.
   *
   * @throws UserException if the file cannot be read or is not byte-level BPE
   */
  public static BpeTokenizer read(TokenizerFileSettings settings, Path file) {
    try {
      BpeModel model = TokenizerJson.read(Files.readAllBytes(file), file.toString());
      return new BpeTokenizer(model, file.toString(), settings.endOfText());
    } catch (IOException e) {
      throw UnreadableFile.of(file, e);
    }
  }

  private static OptionalInt find(BpeModel model, String token) {
    return model.added().stream()
        .filter(added -> added.content().equals(token))
        .mapToInt(AddedToken::id)
        .findFirst();
  }

  private static int id(BpeModel model, String source, String token) {
    return find(model, token)
        .orElseThrow(
            () ->
                new UserException(
                    "modality.tokenizer.endOfText is '"
                        + token
                        + "'; "
                        + source
                        + " has no such special token. Available: "
                        + Excerpt.of(specials(model).toString(), 200)));
  }

  private static List<String> specials(BpeModel model) {
    return model.added().stream().filter(AddedToken::special).map(AddedToken::content).toList();
  }

  private static byte[][] pieces(BpeModel model, String source) {
    int largest =
        Stream.concat(
                model.vocabulary().values().stream(), model.added().stream().map(AddedToken::id))
            .mapToInt(Integer::intValue)
            .peek(
                id -> {
                  if (id < 0 || id > LARGEST_ID) {
                    throw new UserException(
                        source + ": id " + id + "; 0 to " + LARGEST_ID + " expected");
                  }
                })
            .max()
            .orElse(-1);
    byte[][] pieces = new byte[largest + 1][];
    Arrays.fill(pieces, NONE);
    String[] owners = new String[pieces.length];
    model.vocabulary().forEach((piece, id) -> claim(owners, id, piece, source));
    model.added().forEach(token -> claim(owners, token.id(), token.content(), source));
    model
        .vocabulary()
        .forEach((piece, id) -> pieces[id] = ByteAlphabet.read(piece).orElseGet(() -> utf8(piece)));
    model.added().forEach(token -> pieces[token.id()] = utf8(token.content()));
    return pieces;
  }

  private static void claim(String[] owners, int id, String piece, String source) {
    if (owners[id] != null && !owners[id].equals(piece)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: id %d is both '%s' and '%s'",
              source,
              id,
              Excerpt.of(owners[id], 80),
              Excerpt.of(piece, 80)));
    }
    owners[id] = piece;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void fillSingles(String source) {
    for (int code = 0; code < singles.length; code++) {
      String piece = ByteAlphabet.write((byte) code);
      singles[code] = model.vocabulary().getOrDefault(piece, UNUSED);
      boolean inUtf8 = code < 0xC0 || (code > 0xC1 && code < 0xF5);
      if (singles[code] == UNUSED && inUtf8) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s: the vocabulary has no piece for byte 0x%02X ('%s'); expected"
                    + " byte-level BPE",
                source,
                code,
                piece));
      }
    }
  }

  private int id(String piece) {
    return Required.of(model.vocabulary(), piece);
  }

  private AddedToken normalized(AddedToken token) {
    return new AddedToken(
        token.id(),
        normalize(token.content()),
        token.singleWord(),
        token.lstrip(),
        token.rstrip(),
        true,
        token.special());
  }

  private String normalize(String text) {
    String normal = text;
    for (Normalizer.Form form : model.normalization()) {
      normal = Unicode.normalize(normal, form);
    }
    return normal;
  }

  @Override
  public int vocabulary() {
    return pieces.length;
  }

  @Override
  public int[] encode(String text) {
    ImmutableIntArray.Builder tokens = ImmutableIntArray.builder();
    before.cut(
        SurrogateRepair.of(text),
        part -> after.cut(normalize(part), piece -> encodeWords(piece, tokens), tokens::add),
        tokens::add);
    return tokens.build().toArray();
  }

  private void encodeWords(String text, ImmutableIntArray.Builder tokens) {
    String spaced = model.prefixSpace() && !text.startsWith(" ") ? " " + text : text;
    Words.cut(
        spaced,
        word -> {
          for (int token : encodeWord(word)) {
            tokens.add(token);
          }
        });
  }

  private int[] encodeWord(String word) {
    int[] known = words.get(word);
    if (known != null) {
      return known;
    }
    byte[] bytes = utf8(word);
    Integer whole = model.wholeWords() ? model.vocabulary().get(ByteAlphabet.write(bytes)) : null;
    int[] encoded =
        whole == null
            ? merges.apply(
                IntStream.range(0, bytes.length).map(i -> singles[bytes[i] & 0xFF]).toArray())
            : new int[] {whole};
    if (word.length() <= LONGEST_REMEMBERED && words.size() < REMEMBERED) {
      words.put(word, encoded);
    }
    return encoded;
  }

  @Override
  public byte[] bytes(int token) {
    return pieces[token].clone();
  }

  @Override
  public String decode(int... tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int token : tokens) {
      bytes.writeBytes(pieces[token]);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public OptionalInt endOfText() {
    return endOfText;
  }

  @Override
  public String fingerprint() {
    return String.format(
        Locale.ROOT,
        "byte-level BPE with %,d tokens (%s)",
        vocabulary(),
        Sha256.of(file).substring(0, 16));
  }

  @Override
  public TokenizerFileSettings settings() {
    return new TokenizerFileSettings(TokenizerFileSettings.KEPT, chosenEndOfText);
  }

  @Override
  public Map<String, byte[]> files() {
    return Map.of(TokenizerFileSettings.KEPT, utf8(file));
  }
}
