/** What the workers promise, as checks that are fed with what is seen of them from outside. */
@NullMarked
package dev.colorstream.qa.faults.guarantees;

import org.jspecify.annotations.NullMarked;
