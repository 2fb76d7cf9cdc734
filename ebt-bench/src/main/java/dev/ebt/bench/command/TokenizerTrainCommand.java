package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.progress.ProgressLine;
import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.error.UserException;
import dev.ebt.store.DurableFiles;
import dev.ebt.text.bpe.BpeModel;
import dev.ebt.text.bpe.BpeTrainer;
import dev.ebt.text.bpe.TokenizerJson;
import dev.ebt.text.document.Document;
import dev.ebt.text.read.TextFiles;
import dev.ebt.text.token.TokenizerFileSettings;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that trains a byte-level BPE tokenizer. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Train a byte-level BPE tokenizer on text, as for GPT-2.",
    description = {
      "",
      "Deterministic. The result is a tokenizer.json that the Hugging Face library reads,"
          + " too.",
      "Ctrl-C stops without writing anything.",
      "",
      "  ./ebt tokenizer train book.txt --size 4096 --out tokenizer.json",
      "  ./ebt train --data book.txt --set 'modality.tokenizer={name: bpe, path: tokenizer.json}'",
      ""
    })
public final class TokenizerTrainCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;

  private final StandardStreams streams;
  private final ProgressLines progress;
  private final Interrupts interrupts;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "UTF-8 files, folders, .jsonl, .parquet; .gz too.")
  private List<Path> paths;

  @Option(
      names = "--field",
      paramLabel = "KEY",
      defaultValue = "text",
      description = "The field of .jsonl or .parquet with the text (${DEFAULT-VALUE}).")
  private String field;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "4096",
      description = "Vocabulary size, including 256 bytes and special tokens (${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--special",
      paramLabel = "TOKEN",
      defaultValue = TokenizerFileSettings.END_OF_TEXT,
      description = "A special token; repeatable (${DEFAULT-VALUE}, which separates documents).")
  private List<String> special;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The new file.")
  private Path out;

  @Mixin private JsonOption json;

  @Inject
  TokenizerTrainCommand(StandardStreams streams, ProgressLines progress, Interrupts interrupts) {
    this.streams = streams;
    this.progress = progress;
    this.interrupts = interrupts;
  }

  @Override
  public Integer call() {
    if (Files.exists(out)) {
      throw new UserException(out + " already exists; choose a new file with --out");
    }
    BpeTrainer trainer = new BpeTrainer(size, special);
    Optional<BpeModel> model;
    try (Interrupt interrupt = interrupts.install(() -> streams.err().println("Stopping."))) {
      model = learn(trainer, interrupt);
    }
    if (model.isEmpty()) {
      streams.err().println("Stopped; nothing is written.");
      return INTERRUPTED;
    }
    write(model.get());
    tell(model.get(), trainer);
    return 0;
  }

  private Optional<BpeModel> learn(BpeTrainer trainer, Interrupt interrupt) {
    Consumer<Document> reader =
        document -> {
          if (!interrupt.requested()) {
            trainer.add(document.text());
          }
        };
    for (Path path : paths) {
      String remarks = TextFiles.read(path, field, reader).remarks();
      if (!remarks.isEmpty()) {
        streams.err().println(path + ": " + remarks);
      }
    }
    ProgressLine line = progress.line(trainer.first(), size);
    try {
      return trainer.train(
          tokens -> {
            line.show(tokens, () -> List.of("tokens"));
            return !interrupt.requested();
          });
    } finally {
      line.clear();
    }
  }

  private void write(BpeModel model) {
    try {
      DurableFiles.write(out, TokenizerJson.write(model));
    } catch (IOException e) {
      throw DurableFiles.unwritable(out.toString(), e, "Nothing was there before.");
    }
  }

  private void tell(BpeModel model, BpeTrainer trainer) {
    int tokens = model.vocabulary().size();
    if (json.given()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", out.toString());
      document.put("tokens", tokens);
      document.put("words", trainer.words());
      JsonOption.print(document, streams.out());
      return;
    }
    streams
        .out()
        .printf(
            Locale.ROOT,
            "%,d tokens of %,d different words are in %s.%s%nNext:%n"
                + "  ./ebt train --data %s --set 'modality.tokenizer={name: bpe, path: %s}'%n",
            tokens,
            trainer.words(),
            out,
            tokens < size ? " No further pair occurs twice." : "",
            ShellWord.of(paths.get(0)),
            out);
  }
}
