/** What a user is told when something of theirs is wrong. */
package dev.ebt.error;
