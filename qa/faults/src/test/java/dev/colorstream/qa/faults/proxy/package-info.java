/** The faults themselves, in front of a real store. */
@NullMarked
package dev.colorstream.qa.faults.proxy;

import org.jspecify.annotations.NullMarked;
