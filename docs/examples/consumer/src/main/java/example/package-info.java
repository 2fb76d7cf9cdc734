/** A program that depends on ebt as any other library. */
package example;
