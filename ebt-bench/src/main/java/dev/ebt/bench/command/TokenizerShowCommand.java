package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.report.ValueFormat;
import dev.ebt.text.Escaped;
import dev.ebt.text.bpe.BpeTokenizer;
import dev.ebt.text.token.TokenizerFileSettings;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that displays the tokens of a text. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Show the tokens of a text by a byte-level BPE tokenizer, one per line.",
    description = {"", "  ./ebt tokenizer show tokenizer.json --text \"It was\"", ""})
public final class TokenizerShowCommand implements Callable<Integer> {
  private final StandardStreams streams;

  @Parameters(paramLabel = "FILE", description = "A tokenizer.json.")
  private Path file;

  @Option(names = "--text", paramLabel = "TEXT", description = "The text to tokenize.")
  private @Nullable String text;

  @Mixin private JsonOption json;

  @Inject
  TokenizerShowCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    BpeTokenizer tokenizer =
        BpeTokenizer.read(new TokenizerFileSettings(file.toString(), null), file);
    if (json.given()) {
      JsonOption.print(document(tokenizer), streams.out());
      return 0;
    }
    streams.out().println(tokenizer.fingerprint());
    if (text != null) {
      int[] tokens = tokenizer.encode(text);
      for (int token : tokens) {
        streams.out().printf(Locale.ROOT, "%7d  %s%n", token, shown(tokenizer, token));
      }
      streams
          .out()
          .printf(
              Locale.ROOT,
              "%s for %s%n",
              ValueFormat.counted(tokens.length, "token"),
              ValueFormat.counted(text.getBytes(StandardCharsets.UTF_8).length, "byte"));
    }
    return 0;
  }

  /** Returns the fingerprint and, of a text, each token with its text and its bytes. */
  private Map<String, Object> document(BpeTokenizer tokenizer) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("fingerprint", tokenizer.fingerprint());
    if (text != null) {
      document.put("bytes", text.getBytes(StandardCharsets.UTF_8).length);
      List<Map<String, Object>> tokens = new ArrayList<>();
      for (int token : tokenizer.encode(text)) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("token", token);
        line.put("string", tokenizer.decode(token));
        line.put("hex", HexFormat.of().formatHex(tokenizer.bytes(token)));
        tokens.add(line);
      }
      document.put("tokens", tokens);
    }
    return document;
  }

  /** Returns the text of a token, or its bytes if it is part of a character. */
  private static String shown(BpeTokenizer tokenizer, int token) {
    String text = tokenizer.decode(token);
    return text.contains("\uFFFD")
        ? HexFormat.ofDelimiter(" ").formatHex(tokenizer.bytes(token))
        : '"' + Escaped.of(text) + '"';
  }
}
