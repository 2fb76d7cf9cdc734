/**
 * Models of the published code: its options ({@link dev.ebt.bench.published.PublishedOptions}) and
 * its weights, read ({@link dev.ebt.bench.published.FromPublished}) and written ({@link
 * dev.ebt.bench.published.ToPublished}).
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.published;
