/**
 * Readers of text files: {@link dev.ebt.text.read.TextFiles} returns {@link
 * dev.ebt.text.document.Document}s.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.read;
