package dev.ebt.bench.command;

import jakarta.inject.Inject;
import picocli.CommandLine.Command;

/** The command that measures the speed of this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    header = "Measure speed and memory on this machine.",
    synopsisSubcommandLabel = "WHAT",
    description = {
      "",
      "  ./ebt bench step --layers 4 --width 256 --heads 4 --batch 8 --length 128 --vocab 512",
      "  ./ebt bench decode --layers 4 --width 256 --heads 4 --prompt 128 --tokens 128 --vocab 512",
      "  ./ebt bench serve --threads 32 --seconds 20",
      ""
    },
    subcommands = {BenchStepCommand.class, BenchDecodeCommand.class, BenchServeCommand.class})
public final class BenchCommand {
  @Inject
  BenchCommand() {}
}
