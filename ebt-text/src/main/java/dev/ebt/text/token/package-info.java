/**
 * Tokenizers: {@link dev.ebt.text.token.ByteTokenizer}, {@link
 * dev.ebt.text.token.StreamingDecoder}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.token;
