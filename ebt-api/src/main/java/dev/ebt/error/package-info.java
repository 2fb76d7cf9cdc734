/** Exceptions and messages for errors that the user can fix. */
package dev.ebt.error;
