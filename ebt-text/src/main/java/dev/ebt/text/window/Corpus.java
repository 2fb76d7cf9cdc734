package dev.ebt.text.window;

import com.google.common.hash.Hashing;
import dev.ebt.error.UserException;
import dev.ebt.modality.Tokenizer;
import dev.ebt.text.document.Document;
import dev.ebt.text.read.ReadSummary;
import dev.ebt.text.read.SeparatorToken;
import dev.ebt.text.read.TextFiles;
import dev.ebt.text.token.ByteTokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The concatenated tokens of documents, with their boundaries. Immutable. */
public final class Corpus {
  private static final ReadSummary NO_FILES = new ReadSummary(0, 0, List.of(), List.of());

  private final Tokens tokens;
  private final List<Entry> entries;
  private final OptionalInt separator;
  private final ReadSummary files;
  private final String split;

  /**
   * The position of a document.
   *
   * @param end the end of its tokens; its start is the end of the one before it
   * @param hash the hash of its text: equal documents have equal hashes
   */
  private record Entry(int end, long hash) {}

  private Corpus(
      Tokens tokens, List<Entry> entries, OptionalInt separator, ReadSummary files, String split) {
    this.tokens = tokens;
    this.entries = List.copyOf(entries);
    this.separator = separator;
    this.files = files;
    this.split = split;
  }

  /** Reads files or folders in sequence; see {@link TextFiles#read}. */
  public static Corpus read(List<Path> paths, String field, Tokenizer tokenizer) {
    Builder builder = new Builder(tokenizer);
    ReadSummary files = NO_FILES;
    for (Path path : paths) {
      files = files.plus(TextFiles.read(path, field, builder::split));
    }
    return builder.build(files);
  }

  /** Creates a corpus of the given documents. */
  public static Corpus of(List<Document> documents, Tokenizer tokenizer) {
    Builder builder = new Builder(tokenizer);
    documents.forEach(builder::split);
    return builder.build(NO_FILES);
  }

  /**
   * Returns remarks on changes to the text that a reader may not expect; empty if there are none.
   */
  public String remarks() {
    return Stream.of(split, files.remarks())
        .filter(remark -> !remark.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Returns the number of documents. */
  public int documents() {
    return entries.size();
  }

  /** Returns the number of tokens, without separators. */
  public int tokens() {
    return tokens.size();
  }

  /** Returns the hashes of the documents' texts. */
  Set<Long> hashes() {
    return entries.stream().map(Entry::hash).collect(Collectors.toSet());
  }

  /** Returns the number of documents with a matching hash. */
  long count(Predicate<Long> hash) {
    return entries.stream().map(Entry::hash).filter(hash).count();
  }

  /**
   * Joins all documents. If there is more than one, a separator precedes each of them and follows
   * the last, so every token of a text is the target of some window.
   */
  Tokens joined() {
    return joined(hash -> true);
  }

  /** Joins the documents with a matching hash, separated as all of them would be. */
  Tokens joined(Predicate<Long> hash) {
    int[] chosen =
        IntStream.range(0, entries.size()).filter(i -> hash.test(entries.get(i).hash())).toArray();
    if (entries.size() == 1 && chosen.length == 1) {
      return tokens;
    }
    Tokens.Builder row = tokens.more();
    for (int i : chosen) {
      if (row.size() == 0) {
        separator.ifPresent(row::add);
      }
      row.addAll(tokens.slice(i == 0 ? 0 : entries.get(i - 1).end(), entries.get(i).end()));
      separator.ifPresent(row::add);
    }
    return row.build();
  }

  private static final class Builder {
    private final Tokenizer tokenizer;
    private final Tokens.Builder tokens;
    private final List<Entry> entries = new ArrayList<>();
    private int separators;

    Builder(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
      this.tokens = Tokens.builder(tokenizer.vocabulary());
    }

    /** Adds a document, split at the tokenizer's separator if its text contains it. */
    void split(Document document) {
      String written = tokenizer.endOfText().isPresent() ? separatorText() : "";
      // NUL occurs in binary files: the error message is more useful than a split.
      if (written.isBlank() || written.equals("\0")) {
        add(document);
      } else {
        separators += new SeparatorToken(written).split(document, this::add);
      }
    }

    private String separatorText() {
      return tokenizer.decode(tokenizer.endOfText().orElseThrow());
    }

    private void add(Document document) {
      if (tokenizer instanceof ByteTokenizer bytes) {
        addBytes(document, bytes.bytes(document.text()));
      } else {
        addTokens(document, encode(document));
      }
      long hash = Hashing.sha256().hashString(document.text(), StandardCharsets.UTF_8).asLong();
      entries.add(new Entry(tokens.size(), hash));
    }

    private int[] encode(Document document) {
      try {
        return tokenizer.encode(document.text());
      } catch (UserException e) {
        throw new UserException(document.source() + ", " + e.getMessage(), e);
      }
    }

    private void addBytes(Document document, byte[] bytes) {
      for (byte token : bytes) {
        if (token == ByteTokenizer.END_OF_TEXT) {
          throw separatorInside(document);
        }
      }
      tokens.addBytes(bytes);
    }

    private void addTokens(Document document, int[] encoded) {
      OptionalInt separator = tokenizer.endOfText();
      if (separator.isPresent()
          && IntStream.of(encoded).anyMatch(token -> token == separator.getAsInt())) {
        throw separatorInside(document);
      }
      tokens.addAll(encoded);
    }

    /**
     * Returns the exception for a separator in a text, which looks like the end of the document.
     */
    private UserException separatorInside(Document document) {
      return new UserException(
          document.source()
              + ": the text contains token "
              + separator()
              + ", which separates documents; take it out");
    }

    private String separator() {
      int token = tokenizer.endOfText().orElseThrow();
      String text = separatorText();
      return text.equals("\0") ? "0 (NUL)" : token + " (" + text + ")";
    }

    Corpus build(ReadSummary files) {
      String split = separators == 0 ? "" : "split at " + separatorText();
      return new Corpus(tokens.build(), entries, tokenizer.endOfText(), files, split);
    }
  }
}
