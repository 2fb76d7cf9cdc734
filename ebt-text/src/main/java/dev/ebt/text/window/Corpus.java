package dev.ebt.text.window;

import com.google.common.hash.Hashing;
import dev.ebt.error.UserException;
import dev.ebt.modality.Tokenizer;
import dev.ebt.text.read.Document;
import dev.ebt.text.read.DocumentSeparator;
import dev.ebt.text.read.FilesRead;
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

/** The tokens of documents, one after the other, with what it takes to part them. Immutable. */
public final class Corpus {
  private static final FilesRead NO_FILES = new FilesRead(0, 0, List.of());

  private final Tokens tokens;
  private final List<Entry> entries;
  private final OptionalInt separator;
  private final FilesRead files;
  private final String split;

  /**
   * Where a document is.
   *
   * @param end of its tokens; its start is the end of the one before it
   * @param hash of its text: equal documents have equal hashes
   */
  private record Entry(int end, long hash) {}

  private Corpus(
      Tokens tokens, List<Entry> entries, OptionalInt separator, FilesRead files, String split) {
    this.tokens = tokens;
    this.entries = List.copyOf(entries);
    this.separator = separator;
    this.files = files;
    this.split = split;
  }

  /** Reads files or folders, one after the other; see {@link TextFiles#read}. */
  public static Corpus read(List<Path> paths, String field, Tokenizer tokenizer) {
    Builder builder = new Builder(tokenizer);
    FilesRead files = NO_FILES;
    for (Path path : paths) {
      files = files.plus(TextFiles.read(path, field, builder::split));
    }
    return builder.build(files);
  }

  /** The tokens of these documents. */
  public static Corpus of(List<Document> documents, Tokenizer tokenizer) {
    Builder builder = new Builder(tokenizer);
    documents.forEach(builder::split);
    return builder.build(NO_FILES);
  }

  /** Returns what was done to the text that its reader may not expect; empty if nothing was. */
  public String remarks() {
    return Stream.of(split, files.remarks())
        .filter(remark -> !remark.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** How many documents there are. */
  public int documents() {
    return entries.size();
  }

  /** How many tokens there are, separators left out. */
  public int tokens() {
    return tokens.size();
  }

  /** The hashes of the documents' texts. */
  Set<Long> hashes() {
    return entries.stream().map(Entry::hash).collect(Collectors.toSet());
  }

  /** How many documents have such a hash. */
  long count(Predicate<Long> hash) {
    return entries.stream().map(Entry::hash).filter(hash).count();
  }

  /**
   * All documents in one row. If there is more than one document, a separator stands before each of
   * them and after the last: so every token of a text is some window's target.
   */
  Tokens joined() {
    return joined(hash -> true);
  }

  /** The documents with such a hash in one row, separated as all of them would be. */
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

    /** Adds the documents that the tokenizer's own separator makes of one, if its text holds it. */
    void split(Document document) {
      String written = tokenizer.endOfText().isPresent() ? separatorText() : "";
      // Of a NUL, which binary files hold, the message of what is wrong is worth more.
      if (written.isBlank() || written.equals("\0")) {
        add(document);
      } else {
        separators += new DocumentSeparator(written).split(document, this::add);
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

    /** A model could not tell it from the end of the document. */
    private UserException separatorInside(Document document) {
      return new UserException(
          document.source()
              + ": the text holds token "
              + separator()
              + ", which separates documents; take it out");
    }

    private String separator() {
      int token = tokenizer.endOfText().orElseThrow();
      String text = separatorText();
      return text.equals("\0") ? "0 (NUL)" : token + " (" + text + ")";
    }

    Corpus build(FilesRead files) {
      String split = separators == 0 ? "" : "split at " + separatorText();
      return new Corpus(tokens.build(), entries, tokenizer.endOfText(), files, split);
    }
  }
}
