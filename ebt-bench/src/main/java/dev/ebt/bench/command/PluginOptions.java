package dev.ebt.bench.command;

import picocli.CommandLine.Model.CommandSpec;

/** A command whose options depend on the plugins that are loaded. */
public interface PluginOptions {
  /**
   * Adds the options that plugins provide, before the command line is parsed.
   *
   * @throws dev.ebt.error.UserException if options of two plugins exclude each other
   */
  void addOptions(CommandSpec command);
}
