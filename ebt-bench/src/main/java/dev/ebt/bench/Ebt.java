package dev.ebt.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code ebt} command. */
@Command(
    name = "ebt",
    description = "Energy-Based Transformers: train them, and let them think.",
    mixinStandardHelpOptions = true,
    version = "ebt 0.1.0-SNAPSHOT")
public final class Ebt implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Ebt()).execute(args));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
