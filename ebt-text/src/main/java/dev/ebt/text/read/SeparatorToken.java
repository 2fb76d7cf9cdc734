package dev.ebt.text.read;

import dev.ebt.text.document.Document;
import java.util.function.Consumer;

/**
 * A token between documents that is written out in their text, such as {@code <|endoftext|>} in
 * TinyStories and OpenWebText. A line break after it is removed.
 *
 * @param written the token as text, not empty
 */
public record SeparatorToken(String written) {

  /**
   * Splits a document at the separator and passes the parts to the reader.
   *
   * @return the number of separators
   */
  public int split(Document document, Consumer<Document> reader) {
    String text = document.text();
    int at = text.indexOf(written);
    if (at < 0) {
      reader.accept(document);
      return 0;
    }
    int start = 0;
    int count = 0;
    while (at >= 0) {
      count++;
      part(document, count, start, at, reader);
      start = afterLineBreak(text, at + written.length());
      at = text.indexOf(written, start);
    }
    part(document, count + 1, start, text.length(), reader);
    return count;
  }

  private static void part(
      Document whole, int number, int start, int end, Consumer<Document> reader) {
    if (start < end) {
      String text = whole.text().substring(start, end);
      reader.accept(new Document(whole.source() + " document " + number, text));
    }
  }

  private static int afterLineBreak(String text, int at) {
    if (text.startsWith("\r\n", at)) {
      return at + 2;
    }
    return text.startsWith("\n", at) ? at + 1 : at;
  }
}
