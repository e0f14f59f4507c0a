/** The checks themselves: each can fail. */
@NullMarked
package dev.colorstream.qa.faults.guarantees;

import org.jspecify.annotations.NullMarked;
