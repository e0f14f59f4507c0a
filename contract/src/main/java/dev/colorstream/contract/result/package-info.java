/** How a request ends: colored or failed, and the dead letter that allows a replay. */
@NullMarked
package dev.colorstream.contract.result;

import org.jspecify.annotations.NullMarked;
