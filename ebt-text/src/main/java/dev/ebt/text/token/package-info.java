/** Tokenizers: {@link dev.ebt.text.token.ByteTokenizer}, {@link dev.ebt.text.token.TextStream}. */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.token;
