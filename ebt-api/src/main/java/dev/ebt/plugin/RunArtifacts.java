package dev.ebt.plugin;

import java.util.Map;

/**
 * What a run needs to be made again.
 *
 * @param configuration with the settings of every {@link HasArtifacts} part
 * @param files of those parts, by their paths in the run's folder
 */
public record RunArtifacts(RunConfiguration configuration, Map<String, byte[]> files) {}
