package dev.ebt.text.window;

import dev.ebt.modality.Tokenizer;
import dev.ebt.text.token.ByteTokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A process that reads text through a cache. It waits for a line of its standard input before its
 * first document is tokenized, so that others are surely at work at the same time, and with the
 * tokens that it has read.
 */
final class TokenizingProcess implements AutoCloseable {
  private static final String TOKENIZES = "tokenizes";
  private static final int PATIENCE_SECONDS = 300;

  private final Process process;
  private final BufferedReader output;

  private TokenizingProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts one that reads a file or folder with a tokenizer of bytes. */
  static TokenizingProcess start(Path cache, Path text) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    String classPath = System.getProperty("java.class.path");
    line.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", classPath)));
    line.addAll(List.of(TokenizingProcess.class.getName(), cache.toString(), text.toString()));
    return new TokenizingProcess(
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Waits until it tokenizes, of which nothing is complete before {@link #goOn}. */
  void awaitTokenizing() throws IOException {
    String line = output.readLine();
    if (!TOKENIZES.equals(line)) {
      throw new IllegalStateException("tokenizes nothing, and says " + line);
    }
  }

  /** Lets it tokenize all. */
  void goOn() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Returns the fingerprint of the tokens that it has; it keeps them until {@link #end}. */
  String fingerprint() throws IOException {
    return String.valueOf(output.readLine());
  }

  /** Lets it end. */
  void end() throws IOException, InterruptedException {
    goOn();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("failed");
    }
  }

  /** Ends it at once, as no program can prevent, and waits until it has ended. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Returns the fingerprint of all that is read of a corpus. */
  static String fingerprint(Corpus corpus) {
    return Fingerprint.of(TextSplit.of(corpus, 0.3), corpus.documents() + corpus.remarks());
  }

  /** A tokenizer of bytes that waits before its first document. */
  private static final class Waiting implements Tokenizer {
    private final Tokenizer bytes = new ByteTokenizer();
    private boolean waited;

    @Override
    public int vocabulary() {
      return bytes.vocabulary();
    }

    @Override
    public int[] encode(String text) {
      if (!waited) {
        waited = true;
        say(TOKENIZES);
        awaitLine();
      }
      return bytes.encode(text);
    }

    @Override
    public String decode(int... tokens) {
      return bytes.decode(tokens);
    }

    @Override
    public OptionalInt endOfText() {
      return bytes.endOfText();
    }

    @Override
    public String fingerprint() {
      return bytes.fingerprint();
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static void awaitLine() {
    try {
      System.in.read();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The process; its arguments are the folder of the cache, and the text. */
  public static void main(String[] arguments) {
    CorpusCache cache = new CorpusCache(Optional.of(Path.of(arguments[0])), Long.MAX_VALUE);
    say(fingerprint(cache.read(List.of(Path.of(arguments[1])), "text", new Waiting())));
    awaitLine();
  }
}
