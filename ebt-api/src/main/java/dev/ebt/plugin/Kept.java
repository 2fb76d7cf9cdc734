package dev.ebt.plugin;

import java.util.Map;

/**
 * What a run needs to be made again.
 *
 * @param configuration with the settings of every {@link Settled} part
 * @param files of those parts, by their paths in the run's folder
 */
public record Kept(RunConfiguration configuration, Map<String, byte[]> files) {}
