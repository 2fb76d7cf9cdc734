/**
 * A made-up language whose entropy is known: {@link dev.ebt.text.grammar.BracketGrammar}, {@link
 * dev.ebt.text.grammar.BracketWriter}, {@link dev.ebt.text.grammar.BracketReader}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.grammar;
