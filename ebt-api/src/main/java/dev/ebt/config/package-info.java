/**
 * Strict configuration: text becomes a {@link dev.ebt.config.Document}, documents are laid over
 * each other, {@link dev.ebt.config.RecordReader} turns them into records, and {@link
 * dev.ebt.config.Problems} tells everything that is wrong at once. {@link dev.ebt.config.YamlText}
 * writes.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.config;
