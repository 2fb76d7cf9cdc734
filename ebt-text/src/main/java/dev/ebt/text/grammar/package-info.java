/**
 * A synthetic language with known entropy: {@link dev.ebt.text.grammar.BracketGrammar}, {@link
 * dev.ebt.text.grammar.BracketWriter}, {@link dev.ebt.text.grammar.BracketReader}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.grammar;
