/** The whole system on one machine with one command. */
@NullMarked
package dev.colorstream.local.launcher;

import org.jspecify.annotations.NullMarked;
