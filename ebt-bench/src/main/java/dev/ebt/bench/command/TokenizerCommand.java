package dev.ebt.bench.command;

import jakarta.inject.Inject;
import picocli.CommandLine.Command;

/** The command for tokenizers. */
@Command(
    name = "tokenizer",
    mixinStandardHelpOptions = true,
    header = "Train a tokenizer on your text, or display one.",
    synopsisSubcommandLabel = "WHAT",
    description = {
      "",
      "  ./ebt tokenizer train book.txt --size 4096 --out tokenizer.json",
      "  ./ebt tokenizer show tokenizer.json --text \"It was\"",
      ""
    },
    subcommands = {TokenizerTrainCommand.class, TokenizerShowCommand.class})
public final class TokenizerCommand {
  @Inject
  TokenizerCommand() {}
}
