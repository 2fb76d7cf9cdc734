package dev.ebt.text.window;

import com.google.common.hash.Hashing;
import dev.ebt.error.UserException;
import dev.ebt.modality.Tokenizer;
import dev.ebt.text.document.Document;
import dev.ebt.text.read.ReadSummary;
import dev.ebt.text.read.SeparatorToken;
import dev.ebt.text.read.TextFiles;
import dev.ebt.text.token.ByteTokenizer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A writer of the tokens of documents as bytes, one document after another. The tokenizer's
 * separator, if it has one, precedes the first document and follows each.
 */
final class CorpusWriter {
  private final Tokenizer tokenizer;
  private final OptionalInt separator;
  private final TokenWriter tokens;
  private final LongStream.Builder ends = LongStream.builder();
  private final LongStream.Builder hashes = LongStream.builder();
  private int separators;

  CorpusWriter(Tokenizer tokenizer, Consumer<ByteBuffer> segments) {
    this.tokenizer = tokenizer;
    this.separator = tokenizer.endOfText();
    this.tokens = new TokenWriter(Tokens.width(tokenizer.vocabulary()), segments);
  }

  /** Returns the bytes of a token. */
  int width() {
    return tokens.width();
  }

  /** Returns the number of tokens so far, separators included. */
  long size() {
    return tokens.size();
  }

  /** Adds the documents of files or folders in sequence; see {@link TextFiles#read}. */
  ReadSummary read(List<Path> paths, String field) {
    ReadSummary files = Corpus.NO_FILES;
    for (Path path : paths) {
      files = files.plus(TextFiles.read(path, field, this::split));
    }
    return files;
  }

  /** Adds a document, split at the tokenizer's separator if its text contains it. */
  void split(Document document) {
    String written = separator.isPresent() ? separatorText() : "";
    // NUL occurs in binary files: the error message is more useful than a split.
    if (written.isBlank() || written.equals("\0")) {
      add(document);
    } else {
      separators += new SeparatorToken(written).split(document, this::add);
    }
  }

  private String separatorText() {
    return tokenizer.decode(separator.orElseThrow());
  }

  private void add(Document document) {
    if (tokens.size() == 0) {
      separator.ifPresent(tokens::add);
    }
    if (tokenizer instanceof ByteTokenizer bytes) {
      addBytes(document, bytes.bytes(document.text()));
    } else {
      addTokens(document, encode(document));
    }
    ends.add(tokens.size());
    separator.ifPresent(tokens::add);
    hashes.add(Hashing.sha256().hashString(document.text(), StandardCharsets.UTF_8).asLong());
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
    if (separator.isPresent()
        && IntStream.of(encoded).anyMatch(token -> token == separator.getAsInt())) {
      throw separatorInside(document);
    }
    tokens.addAll(encoded);
  }

  /** Returns the exception for a separator in a text, which looks like the end of the document. */
  private UserException separatorInside(Document document) {
    int token = separator.orElseThrow();
    String text = separatorText();
    return new UserException(
        document.source()
            + ": the text contains token "
            + (text.equals("\0") ? "0 (NUL)" : token + " (" + text + ")")
            + ", which separates documents; take it out");
  }

  /** Passes on the last tokens, and returns the documents. */
  Corpus.Documents finish() {
    tokens.flush();
    return new Corpus.Documents(
        ends.build().toArray(),
        hashes.build().toArray(),
        separator.isPresent() ? 1 : 0,
        separators == 0 ? "" : "split at " + separatorText());
  }
}
