package dev.ebt.plugin;

import java.util.Map;

/**
 * The configuration and files that a run needs to be recreated.
 *
 * @param configuration the configuration with the settings of every {@link HasArtifacts} part
 * @param files the files of those parts, and others of {@link HasArtifacts#FOLDER} that the
 *     configuration names, by their paths in the run's folder
 */
public record RunArtifacts(RunConfiguration configuration, Map<String, byte[]> files) {}
