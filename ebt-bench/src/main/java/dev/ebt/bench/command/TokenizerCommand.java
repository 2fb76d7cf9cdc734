package dev.ebt.bench.command;

import picocli.CommandLine.Command;

/** Makes tokenizers and looks at them. */
@Command(
    name = "tokenizer",
    mixinStandardHelpOptions = true,
    header = "Learn a tokenizer from your text, or look at one.",
    synopsisSubcommandLabel = "WHAT",
    description = {
      "",
      "  ./ebt tokenizer train book.txt --size 4096 --out tokenizer.json",
      "  ./ebt tokenizer show tokenizer.json --text \"It was\"",
      ""
    },
    subcommands = {TokenizerTrainCommand.class, TokenizerShowCommand.class})
public final class TokenizerCommand {}
