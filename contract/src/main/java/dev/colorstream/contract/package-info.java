/** The words that the services share. */
@NullMarked
package dev.colorstream.contract;

import org.jspecify.annotations.NullMarked;
