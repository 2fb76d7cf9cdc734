/**
 * Files of text: {@link dev.ebt.text.read.TextFiles} reads {@link dev.ebt.text.document.Document}s.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.read;
