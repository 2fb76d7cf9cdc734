/**
 * Conversion from and to the published code: its options ({@link
 * dev.ebt.bench.published.PublishedOptions}), import ({@link
 * dev.ebt.bench.published.FromPublished}) and export ({@link dev.ebt.bench.published.ToPublished}).
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.published;
