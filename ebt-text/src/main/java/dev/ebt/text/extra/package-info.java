/**
 * What needs libraries that not everybody wants: {@link dev.ebt.text.extra.OptionalLibrary} names
 * them and says what is missing. The only package that sees them, each by one class.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.extra;
