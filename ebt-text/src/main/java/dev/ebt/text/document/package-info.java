/** {@link dev.ebt.text.document.Document}s of text, from whatever they are read. */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.document;
