/**
 * Strict configuration: a text is parsed into a {@link dev.ebt.config.Document}, documents are
 * merged, {@link dev.ebt.config.RecordReader} converts them to records, and {@link
 * dev.ebt.config.Problems} collects all problems to report them at once. {@link
 * dev.ebt.config.YamlWriter} writes YAML.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.config;
